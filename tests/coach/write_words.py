"""`make words`: writes the phone's form of the coach's data from `app/observation/wording`."""

from pathlib import Path

from app.observation.language.packing import as_module

PHONE = Path(__file__).parents[2] / 'components' / 'phone'


def main(language: str = 'en') -> None:
    """Write `components/phone/coach_LANGUAGE.js`."""
    (PHONE / f'coach_{language}.js').write_text(as_module(language), 'utf-8')


if __name__ == '__main__':
    main()
