"""What a facilitator sees while planning a round."""
