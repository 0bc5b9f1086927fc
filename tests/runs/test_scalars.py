from polyaxon_sdk.runs.scalars import NO_STEP, RECORD
from polyaxon_sdk.runs.slots import Scalar, parse_batch, settled_slots

FREE = bytes(RECORD.size)
WHOLE = RECORD.pack(1, 7, 0.5, 1000.0)
HALF = RECORD.pack(0, 0, 0.0, 1000.0)
POINT = Scalar(1, 7, 1000.0, 0.5)


def test_a_record_whose_fields_were_copied_before_they_were_stored_is_read_from_the_second_copy() -> None:
    assert parse_batch(settled_slots(HALF, WHOLE), 0, patient=True).scalars == [POINT]


def test_a_slot_that_got_its_mark_between_two_copies_is_left_for_the_next_reading() -> None:
    batch = parse_batch(settled_slots(WHOLE + FREE, WHOLE + HALF), 0, patient=True)
    assert (batch.scalars, batch.position) == ([POINT], RECORD.size)


def test_a_torn_end_is_no_slot() -> None:
    batch = parse_batch(settled_slots(WHOLE + b"x", WHOLE + b"y"), 0, patient=True)
    assert (batch.scalars, batch.position) == ([POINT], RECORD.size)


def test_a_point_without_a_step_has_none() -> None:
    data = RECORD.pack(1, NO_STEP, 0.5, 1000.0)
    assert parse_batch(data, 0, patient=True).scalars == [POINT._replace(step=None)]
