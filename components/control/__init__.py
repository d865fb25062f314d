"""What lies beside the boards on the facilitator's laptop: time, script, votes, who holds the room, earlier minutes."""
