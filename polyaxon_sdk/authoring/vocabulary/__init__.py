"""What people write in annotations beside types."""
