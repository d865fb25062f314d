"""What is printed for the day: a part a module, the whole pack in `pack.py`."""
