"""A PDF as a printer would see it, and as a reader would read it."""

import io
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from pypdf import PdfReader


def rendered(pdf: bytes, dpi: int = 72) -> list[np.ndarray]:
    """Every page in grey, by poppler."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / 'document.pdf'
        file.write_bytes(pdf)
        subprocess.run(['pdftoppm', '-gray', '-r', str(dpi), str(file), f'{folder}/page'], check=True)
        return [cv2.imread(str(page), cv2.IMREAD_GRAYSCALE) for page in sorted(Path(folder).glob('page*.pgm'))]


def codes_on(pdf: bytes) -> list[str]:
    """What each page's QR code says; either decoder misses a few at any one size, so both look again, closer."""
    found: list[str] = []
    for dpi in (110, 160, 230, 140, 300):
        pages = rendered(pdf, dpi)
        found = found or [''] * len(pages)
        found = [said or code_on(page) for said, page in zip(found, pages, strict=True)]
        if all(found):
            break
    return found


def code_on(page: np.ndarray) -> str:
    """What the QR code on this picture says, to one of two decoders."""
    readers = (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco())
    return next((said for said in (reader.detectAndDecode(page)[0] for reader in readers) if said), '')


def read_text(pdf: bytes) -> str:
    """All of its text with white space folded, without the running heads and feet."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    lines = [line for page in pages for line in page.extract_text().splitlines() if not is_running(line)]
    return ' '.join(' '.join(lines).split())


def is_running(line: str) -> bool:
    return line.startswith(('Outcome of the round ·', 'Page '))


def read_with_poppler(pdf: bytes, *options: str) -> str:
    """The text as `pdftotext` reads it, with white space folded."""
    made = subprocess.run(['pdftotext', *options, '-', '-'], input=pdf, capture_output=True, check=True)
    return ' '.join(made.stdout.decode().split())


def info_of(pdf: bytes) -> dict[str, str]:
    """What `pdfinfo` says."""
    made = subprocess.run(['pdfinfo', '-'], input=pdf, capture_output=True, check=True)
    lines = (line.partition(':') for line in made.stdout.decode().splitlines())
    return {name: value.strip() for name, _colon, value in lines}


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font that is named anywhere in the file, and whether it is embedded."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        things = [thing for thing in file.objects if isinstance(thing, pikepdf.Dictionary)]
        fonts = [thing for thing in things if thing.get('/Type') == pikepdf.Name.Font]
        return {str(font.BaseFont): '/FontFile2' in font.get('/FontDescriptor', {}) for font in fonts}
