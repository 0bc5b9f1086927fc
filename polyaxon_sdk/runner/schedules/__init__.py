"""Operations that run again and again: when, and how often."""
