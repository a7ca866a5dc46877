"""What stands on a pressed page: places, transcript, marks, and all that was drawn."""
