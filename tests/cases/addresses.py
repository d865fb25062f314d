"""Public addresses of a server, from the shortest to the longest that is printed."""

ADDRESSES = [
    'http://a.io',
    'http://192.168.178.101:8080',
    'https://rounds.five-bays-network.example.org',
    'https://rounds.the-longest-network-name.example.org'[:48],
]
