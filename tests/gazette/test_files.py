"""Which files make an issue; and what is said of those that cannot be read."""

import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.gazette.drawing import draw_page
from yangguang.gazette.digitise import files
from yangguang.gazette.digitise.files import Unreadable, count_pages, page_pixels, sources


def told(folder: Path) -> list[tuple[int | None, int | None, list[str]]]:
    return [(one.year, one.number, [path.name for path in one.files]) for one in sources(folder)]


def test_names_tell_year_and_number_and_pages_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for name in ("2003-05.pdf", "公报2004年第12期.pdf", "说明.docx", ".隐藏.png"):
        (tmp_path / name).touch()
    folder = tmp_path / "2005年第3期"
    folder.mkdir()
    for name in ("10.png", "9.jpg", "1.tif"):
        (folder / name).touch()
    (tmp_path / "空").mkdir()
    assert told(tmp_path) == [
        (2003, 5, ["2003-05.pdf"]),
        (2004, 12, ["公报2004年第12期.pdf"]),
        (2005, 3, ["1.tif", "9.jpg", "10.png"]),
        (None, None, [".隐藏.png"]),
    ]
    assert told(folder) == [(2005, 3, ["1.tif", "9.jpg", "10.png"])]


def test_pages_of_pdf_and_of_images_are_pixels_of_a_size_that_can_be_read(tmp_path: Path) -> None:
    pages = [draw_page("第一页"), draw_page("第二页")]
    pages[0].save(tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=200)
    pages[0].save(tmp_path / "b.tif")
    draw_page("很大", size=(8000, 400)).save(tmp_path / "c.png")
    Image.new("P", (300, 200)).save(tmp_path / "d.png")
    for name, count in (("a.pdf", 2), ("b.tif", 1), ("c.png", 1), ("d.png", 1)):
        assert count_pages(tmp_path / name) == count
        for index in range(count):
            pixels = page_pixels(tmp_path / name, index)
            assert pixels.shape[2] == 3
            assert 700 <= max(pixels.shape[:2]) <= files.LONGEST_SIDE


def test_a_turned_photograph_is_put_upright(tmp_path: Path) -> None:
    image = draw_page("横着拍的", size=(600, 1500))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    height, width = page_pixels(tmp_path / "a.jpg", 0).shape[:2]
    assert width > height


def encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret", "owner"))
    canvas.drawString(100, 100, "x")
    canvas.save()


def tall_png() -> bytes:
    """A picture that says it is 40,000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 40000, 40000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(99)))


def huge_page(path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(14000, 14000)
    document.save(path)
    document.close()


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.4 broken"), "不是完好的 PDF"),
        ("b.pdf", lambda path: path.write_bytes(b""), "不是完好的 PDF"),
        ("c.pdf", encrypted, "有密码"),
        ("d.pdf", huge_page, "太大"),
        ("e.png", lambda path: path.write_bytes(b"no picture"), "不是完好的图像"),
        ("f.png", lambda path: path.write_bytes(tall_png()), "太大"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_name_and_a_remedy(
    tmp_path: Path, name: str, make: object, sentence: str
) -> None:
    make(tmp_path / name)  # type: ignore[operator]
    with pytest.raises(Unreadable) as caught:
        count_pages(tmp_path / name)
        page_pixels(tmp_path / name, 0)
    assert sentence in str(caught.value)
    assert name in str(caught.value)
    assert "请" in str(caught.value)


def test_an_image_that_breaks_off_is_told(tmp_path: Path) -> None:
    draw_page("断了").save(tmp_path / "whole.png")
    (tmp_path / "half.png").write_bytes((tmp_path / "whole.png").read_bytes()[:900])
    with pytest.raises(Unreadable, match=r"half\.png 第 1 页读不全"):
        page_pixels(tmp_path / "half.png", 0)
