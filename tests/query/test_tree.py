import pytest

from polyaxon_sdk.query import And, Condition, Node, Or, conditions_of

A, B, C = Condition("a", "1"), Condition("b", "2"), Condition("c", "3")


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (A, "a:1"),
        (And((A, B)), "a:1, b:2"),
        (Or((A, And((B, C)))), "a:1 OR b:2, c:3"),
        (And((Or((A, B)), C)), "(a:1 OR b:2), c:3"),
        (And((A, And((B, C)))), "a:1, (b:2, c:3)"),
        (Or((Or((A, B)), C)), "(a:1 OR b:2) OR c:3"),
    ],
)
def test_the_text_of_a_tree_is_a_query(tree: Node, text: str) -> None:
    assert str(tree) == text


def test_conditions_come_from_left_to_right() -> None:
    assert list(conditions_of(Or((And((A, B)), C)))) == [A, B, C]


def test_where_a_condition_stands_makes_no_difference_to_what_it_is() -> None:
    assert Condition("a", "1", at=3, operation_at=5) == A
