"""A morning at the verification desk: shops that applied, papers with drawn documents, listings, edits. All invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.services import register_person
from marketplace.catalog.models import ProductRevision, RevisionState
from marketplace.catalog.revisions import rules_of, write_revision
from marketplace.catalog.services import make_product, send_to_review
from marketplace.catalog.states import move_revision
from marketplace.files.private import keep_document, read_document
from marketplace.files.storage import Storage
from marketplace.kernel.ids import PersonId
from marketplace.kernel.phone import normalise_phone
from marketplace.language.languages import Language
from marketplace.sellers.models import PermitKind, Shop
from marketplace.sellers.services import NewShop, ShopWords, add_permit, open_shop

from .calendar import DemoDay
from .loading_goods import Shelved, draft_of
from .loading_shops import OpenedShop
from .worlds import World

LISTINGS = 8
EDITS = 3
CLAIM = " Bisa menyembuhkan batuk dan menurunkan kolesterol."
SUFFIX = {Language.ID: "paket coba", Language.EN: "trial pack"}


@dataclass(frozen=True, slots=True)
class Applicant:
    """An invented shop that asks to be let in."""

    slug: str
    code: str
    name: str
    district: str
    village: str
    owner: str
    phone: str
    tagline: str
    story: str
    days_ago: int


APPLICANTS = (
    Applicant(
        "dapur-teh-nining", "DTN", "Dapur Teh Nining", "36.02.14", "Cijoro Lebak", "Nining Suhaeti", "0812-0000-0091",
        "Keripik pisang dari kebun belakang", "Kami mengiris pisang tiap pagi dan menggorengnya dengan minyak baru.", 4,
    ),
    Applicant(
        "anyaman-cibadak", "ACB", "Anyaman Cibadak", "36.02.18", "Kaduagung Barat", "Ujang Supriatna", "0812-0000-0092",
        "Bakul dan besek pesanan", "Bambu kami tebang sesudah hujan reda, lalu dijemur tiga hari sebelum dianyam.", 1,
    ),
    Applicant(
        "leuit-kopi-sobang", "LKS", "Leuit Kopi Sobang", "36.02.22", "Sobang", "Entin Kartini", "0812-0000-0093",
        "Robusta petik merah", "Kopi dari tujuh keluarga, disangrai setiap Jumat dan ditulis tanggalnya.", 0,
    ),
)  # fmt: skip


def load_queue(
    session: Session, world: World, shops: Mapping[str, OpenedShop], shelved: Mapping[str, Shelved], *,
    pictures: Mapping[str, str], documents: Storage, day: DemoDay,
) -> None:  # fmt: skip
    """Let a morning's work wait at the desk; the same for the same world and day. Flushes."""
    for number, applicant in enumerate(APPLICANTS, start=1):
        shop, owner_id = _apply(session, applicant, day)
        nib = f"00000000009{number:02d}"
        _paper(session, shop, PermitKind.NIB, nib, owner_id, documents=documents, day=day, days_ago=applicant.days_ago)
    first = [shops[shop.slug] for shop in world.shops[:EDITS]]
    for number, opened in enumerate(first, start=1):
        shop, pirt = session.get_one(Shop, opened.id), f"20936029{number}0000-{(day.today.year + 4) % 100:02d}"
        _paper(session, shop, PermitKind.PIRT, pirt, opened.owner_id, documents=documents, day=day, days_ago=number)
    goods = [shelved[good.item_id] for good in world.goods]
    for number, kept in enumerate(goods[:: max(1, len(goods) // LISTINGS)][:LISTINGS]):
        _list(session, kept, pictures, day=day, days_ago=number % 4, with_claim=number == 2)
    for number, kept in enumerate(goods[1 :: max(1, len(goods) // EDITS)][:EDITS]):
        _edit(session, kept, pictures, day=day, days_ago=number, with_claim=number == 1)
    session.flush()


def _apply(session: Session, applicant: Applicant, day: DemoDay) -> tuple[Shop, PersonId]:
    at, phone = day.at(applicant.days_ago, 8, 15), normalise_phone(applicant.phone)
    owner = register_person(session, name=applicant.owner, phone=phone, email=None, password=None, language="id", now=at)
    words = {Language.ID: ShopWords(tagline=applicant.tagline, story=applicant.story, human_reviewed=True)}
    shop = open_shop(
        session, owner_id=owner.id, now=at,
        shop=NewShop(
            slug=applicant.slug, code=applicant.code, name=applicant.name, district_code=applicant.district, phone=phone,
            words=words, village=applicant.village, is_example=True,
        ),
    )  # fmt: skip
    shop.submitted_at = at
    return shop, owner.id


def _paper(
    session: Session, shop: Shop, kind: PermitKind, number: str, owner_id: PersonId, *, documents: Storage, day: DemoDay,
    days_ago: int,
) -> None:  # fmt: skip
    at = day.at(days_ago, 8, 40)
    permit = add_permit(session, shop_id=shop.id, kind=kind, number=number, is_example=True, actor_id=owner_id, now=at)
    kept = keep_document(
        session, read_document(draw_paper(kind.value.upper(), number, shop.name), f"{kind}.png"), owner_kind="permit",
        owner_id=permit.id, storage=documents, uploaded_by=owner_id, now=at,
    )  # fmt: skip
    permit.file_id = kept.id


def draw_paper(title: str, number: str, name: str) -> bytes:
    """Return a drawn sheet that says clearly that it is an example, as PNG."""
    sheet = Image.new("RGB", (620, 820), "#FBF7EE")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((24, 24, 596, 796), outline="#26376F", width=4)
    pen.rectangle((24, 24, 596, 110), fill="#26376F")
    pen.text((50, 48), f"{title} (CONTOH)", fill="#FFFFFF", font=ImageFont.load_default(34))
    for line, (text, size) in enumerate(((number, 38), (name, 28), ("Dokumen contoh, bukan izin sungguhan", 20))):
        pen.text((50, 150 + 70 * line), text, fill="#16120E", font=ImageFont.load_default(size))
    for line in range(8):
        pen.line((50, 400 + 34 * line, 520 - 45 * (line % 3), 400 + 34 * line), fill="#C4B7A4", width=6)
    stamp = Image.new("RGBA", (520, 150), (0, 0, 0, 0))
    ImageDraw.Draw(stamp).text((10, 10), "CONTOH", fill=(158, 56, 79, 110), font=ImageFont.load_default(110))
    turned = stamp.rotate(24, expand=True)
    sheet.paste(turned, (70, 430), turned)
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def _list(session: Session, kept: Shelved, pictures: Mapping[str, str], *, day: DemoDay, days_ago: int, with_claim: bool) -> None:
    at, draft = day.at(days_ago, 9, 10), draft_of(kept.good, kept.shop, pictures)
    words = {
        language: replace(
            draft.revision.words[language], name=f"{draft.revision.words[language].name}, {suffix}",
            description=draft.revision.words[language].description + (CLAIM if with_claim and language is Language.ID else ""),
        )
        for language, suffix in SUFFIX.items()
    }  # fmt: skip
    product = make_product(
        session, shop_id=kept.shop.id, actor_id=kept.shop.owner_id, now=at,
        draft=replace(
            draft, slug=f"{draft.slug}-paket-coba", revision=replace(draft.revision, words=words),
            variants=tuple(replace(variant, sku=f"{variant.sku}-PC") for variant in draft.variants),
        ),
    )  # fmt: skip
    send_to_review(session, shop_id=kept.shop.id, product_id=product.id, actor_id=kept.shop.owner_id, now=at)
    session.flush()
    session.scalars(select(ProductRevision).where(ProductRevision.product_id == product.id)).one().submitted_at = at


def _edit(session: Session, kept: Shelved, pictures: Mapping[str, str], *, day: DemoDay, days_ago: int, with_claim: bool) -> None:
    at, draft = day.at(days_ago, 10, 5), draft_of(kept.good, kept.shop, pictures).revision
    told = draft.words[Language.ID]
    changed = replace(
        told, name=f"{told.name} Pilihan", description=told.description + (CLAIM if with_claim else " Dikemas ulang lebih rapat.")
    )
    revision = write_revision(
        session, product_id=kept.product_id, shop_id=kept.shop.id, rules=rules_of(session, draft.category),
        draft=replace(draft, words={**draft.words, Language.ID: changed}, photos=tuple(reversed(draft.photos))),
        actor_id=kept.shop.owner_id, now=at,
    )  # fmt: skip
    revision.state, revision.submitted_at = move_revision(revision.state, RevisionState.IN_REVIEW), at
