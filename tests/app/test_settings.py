"""What whoever runs the server can set, and what is said when it cannot be read."""

from pathlib import Path

import pytest

from app.errors import BadInput
from app.settings import from_environment


def test_without_an_environment_the_defaults_hold():
    settings = from_environment({})
    assert (settings.data, settings.port, settings.address) == (Path('data'), 8080, '')


def test_the_command_line_wins_over_the_environment():
    assert from_environment({'ROUNDS_PORT': '9000'}, port='9001', host=None).port == 9001
    with pytest.raises(BadInput, match=r'--port is “99999”: .* 65535'):
        from_environment({}, port='99999')


def test_an_address_is_kept_without_its_last_slash_and_https_makes_cookies_secure():
    settings = from_environment({'ROUNDS_ADDRESS': 'https://rounds.example.org/'})
    assert settings.address == 'https://rounds.example.org'
    assert settings.secure


@pytest.mark.parametrize(
    ('name', 'text', 'part'),
    [
        ('PORT', 'http', 'from 1 to 65535'),
        ('PORT', '70000', 'from 1 to 65535'),
        ('SESSION_DAYS', '0', 'from 1 to 90'),
        ('ADDRESS', 'rounds.example.org', 'https://'),
        ('ADDRESS', 'https://' + 'a' * 60 + '.org', 'characters at most'),
    ],
)
def test_what_cannot_be_read_is_named(name, text, part):
    with pytest.raises(BadInput) as refused:
        from_environment({f'ROUNDS_{name}': text})
    assert f'ROUNDS_{name}' in refused.value.sentence
    assert part in refused.value.sentence
