"""Sample values for /_styleguide: every component with honest content in three languages."""

from dataclasses import dataclass
from typing import Any

from marketplace.web.charts import LineChart, line_chart, percents, spark_points

ICONS = (  # noqa: SIM905 - sixty names read better as words
    "leuit search cart heart share chat truck ship store box check close plus minus chevron-up chevron-down chevron-left "
    "chevron-right filter sort upload download camera image warn info user users menu pin clock star leaf shield phone mail copy "
    "file receipt print edit trash bank cash card qr calendar language sun moon external home chart tag gear lock refresh"
).split()


@dataclass(frozen=True)
class Goods:
    """One product card in one language."""

    name: str
    price: str
    picture: str
    was: str = ""
    foreign: str = ""
    badge: str = ""
    badge_kind: str = "neutral"
    badge_icon: str = ""
    rating: str = ""
    spoken: str = ""
    sold: str = ""
    none: str = ""
    place: str = ""
    sold_out: str = ""


@dataclass(frozen=True)
class Step:
    """One node of a timeline."""

    title: str
    state: str
    state_word: str = ""
    when: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Language:
    """What one language shows, to see long words and other scripts in place."""

    code: str
    name: str
    was_label: str
    goods: tuple[Goods, ...]
    buttons: tuple[str, ...]
    field: tuple[str, str, str]
    steps: tuple[Step, ...]
    timeline_label: str


def samples() -> dict[str, Any]:
    """Return everything templates/pages/styleguide.html shows beside the words written there."""
    return {
        "themes": (("light", "Terang"), ("dark", "Gelap")),
        "icons": ICONS,
        "languages": (_indonesian(), _english(), _korean()),
        "bars": tuple(
            {"label": label, "value": f"{value} jt", "percent": percent}
            for (label, value), percent in zip(_TURNOVER, percents([value for _, value in _TURNOVER]), strict=True)
        ),
        "bar_rows": [[label, f"{value} jt"] for label, value in _TURNOVER],
        "lines": _lines(),
        "plan": _plan(),
        "spark": spark_points([3, 4, 4, 6, 5, 8, 9]),
        "tiles": tuple(
            {
                "name": name,
                "code": code,
                "column": column,
                "row": row,
                "level": level,
                "value": value,
                "url": "#",
                "current": level == 4,
            }
            for name, code, column, row, level, value in _TILES
        ),
    }


_TURNOVER = (("Batik", 84), ("Gula aren", 61), ("Bambu", 37), ("Camilan", 22), ("Kayu", 12))
_TILES = (
    ("Warunggunung", "WRG", 1, 1, 1, "4"),
    ("Rangkasbitung", "RKB", 2, 1, 4, "31"),
    ("Cibadak", "CBD", 1, 2, 2, "9"),
    ("Leuwidamar", "LWD", 2, 2, 3, "17"),
    ("Muncang", "MCG", 3, 2, 0, "0"),
    ("Malingping", "MLP", 1, 3, 2, "11"),
    ("Bayah", "BYH", 3, 3, 1, "3"),
)


def _plan() -> dict[str, object]:
    """Return two weeks of a slot: two picks, of which one is in doubt, and a gap at the end."""
    return {
        "bars": [
            {"name": "Kain batik", "start": 0, "width": 60, "words": "24 Nov–1 Des", "is_wrong": False},
            {"name": "Gula semut", "start": 40, "width": 40, "words": "30 Nov–4 Des, stok habis", "is_wrong": True},
        ],
        "days": [
            {"start": 50 * week, "width": 49, "kind": kind, "words": words}
            for week, (kind, words) in enumerate((("full", "lengkap"), ("gap", "kurang 1")))
        ],
        "ticks": [(0, "24 Nov"), (50, "1 Des")],
        "rows": [["24 Nov", "2", ""], ["1 Des", "1", "kurang 1"]],
    }


def _lines() -> LineChart:
    return line_chart(
        [
            ("Batik", [52, 58, 54, 66, 78, 84]),
            ("Gula aren", [44, 48, 55, 53, 58, 61]),
            ("Bambu", [20, 24, 30, 33, 34, 37]),
            ("Camilan", [16, 15, 18, 17, 20, 22]),
            ("Kayu", [8, 9, 9, 11, 10, 12]),
        ],
        tick_labels=["Jun", "Jul", "Ags", "Sep", "Okt", "Nov"],
        gridline_labels=[(0, "0"), (50, "50 jt"), (100, "100 jt")],
    )


def _indonesian() -> Language:
    return Language(
        code="id",
        name="Bahasa Indonesia",
        was_label="Harga awal",
        goods=(
            Goods(
                "Kain batik cap kawung nila 2 meter",
                "Rp185.000",
                "cloth",
                badge="Gratis ongkir",
                badge_kind="daun",
                rating="4,9",
                spoken="4,9 dari 5 bintang",
                sold="120 terjual",
                place="Rangkasbitung",
            ),
            Goods("Keranjang bambu anyam dua warna", "Rp95.000", "woven", none="Belum ada ulasan", place="Leuwidamar"),
            Goods(
                "Kain batik tulis soga 2,25 meter, pewarna alam, bermotif bunga dan daun",
                "Rp18.500 – Rp45.000",
                "cloth",
                was="Rp52.000",
                badge="Pilihan kurator",
                badge_kind="kunyit",
                rating="4,8",
                spoken="4,8 dari 5 bintang",
                sold="1,2 rb terjual",
                place="Kalanganyar",
            ),
            Goods(
                "Tampah",
                "Rp40.000",
                "woven",
                rating="5,0",
                spoken="5 dari 5 bintang",
                sold="8 terjual",
                place="Cibadak",
                sold_out="Habis",
            ),
        ),
        buttons=("Beli sekarang", "+ Keranjang", "Chat penjual", "Batalkan pesanan"),
        field=("Nomor WA", "Dipakai kurir untuk mengabari", "Nomor WA belum lengkap. Contoh: 0812 3456 7890"),
        timeline_label="Perjalanan pesanan",
        steps=(
            Step("Dibayar", "done", "selesai", "Sen, 24 Nov pukul 14.30"),
            Step("Dikemas penjual", "now", "sekarang", note="Dikirim paling lambat Rabu, 26 Nov."),
            Step("Dikirim", "later", "berikutnya", "perkiraan 27–29 Nov"),
            Step("Selesai", "later", "berikutnya"),
        ),
    )


def _english() -> Language:
    return Language(
        code="en",
        name="English",
        was_label="Original price",
        goods=(
            Goods(
                "Hand-stamped indigo kawung batik, 2 metres",
                "IDR 185,000",
                "cloth",
                foreign="about USD 11.20",
                badge="Verified by the SME office",
                badge_kind="daun",
                badge_icon="leuit",
                rating="4.9",
                spoken="4.9 out of 5 stars",
                sold="120 sold",
                place="Rangkasbitung",
            ),
            Goods(
                "Two-colour woven bamboo basket",
                "IDR 95,000",
                "woven",
                foreign="about USD 5.75",
                none="No reviews yet",
                place="Leuwidamar",
            ),
        ),
        buttons=("Buy now", "Add to cart", "Message the seller", "Cancel order"),
        field=("WhatsApp number", "The courier uses it to reach you", "Enter a full phone number, such as +82 10 1234 5678"),
        timeline_label="Progress of the order",
        steps=(
            Step("Awaiting payment", "done", "done", "Mon, 24 Nov, 14:30"),
            Step("Preparing", "now", "now", note="Shipped by Wednesday, 26 Nov."),
            Step("Shipped", "later", "next"),
            Step("Completed", "later", "next"),
        ),
    )


def _korean() -> Language:
    return Language(
        code="ko",
        name="한국어",
        was_label="원래 가격",
        goods=(
            Goods(
                "손으로 찍은 카웅 무늬 인디고 바틱 원단 2미터",
                "185,000루피아",
                "cloth",
                foreign="약 16,300원",
                badge="무료 배송",
                badge_kind="daun",
                rating="4.9",
                spoken="별점 5점 만점에 4.9점",
                sold="120개 판매",
                place="랑카스비퉁",
            ),
            Goods(
                "두 가지 색 대나무 바구니",
                "95,000루피아",
                "woven",
                foreign="약 8,400원",
                none="아직 후기가 없습니다",
                place="르위다마르",
            ),
        ),
        buttons=("바로 구매", "장바구니 담기", "판매자에게 문의", "주문 취소"),
        field=("연락처", "배송 안내에 사용합니다", "연락처를 끝까지 입력해 주세요. 예: +82 10-1234-5678"),
        timeline_label="주문 진행 상황",
        steps=(
            Step("결제 대기", "done", "완료", "2025년 11월 24일 14:30"),
            Step("상품 준비 중", "now", "진행 중", note="11월 26일까지 발송합니다."),
            Step("배송 중", "later", "예정"),
            Step("구매 확정", "later", "예정"),
        ),
    )
