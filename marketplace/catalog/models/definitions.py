"""Tables of what goods may be: categories and typed attributes with their choices."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Model, value_enum
from marketplace.files.models import StoredImage
from marketplace.kernel.ids import CategoryId


class AttributeKind(StrEnum):
    """What values an attribute takes."""

    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"


class Category(Model):
    """A shelf of the market. Slugs are never used again."""

    __tablename__ = "category"

    id: Mapped[CategoryId] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    parent_id: Mapped[CategoryId | None] = mapped_column(ForeignKey("category.id"))
    position: Mapped[int]
    picture_hash: Mapped[str | None] = mapped_column(ForeignKey(StoredImage.hash))


class CategoryText(Model):
    """A category's words in one language."""

    __tablename__ = "category_text"

    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    description: Mapped[str] = mapped_column(String(400), default="")


class Attribute(Model):
    """A typed property of goods (motif, size, net weight …)."""

    __tablename__ = "attribute"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[AttributeKind] = mapped_column(value_enum(AttributeKind))
    unit: Mapped[str] = mapped_column(String(12), default="")
    position: Mapped[int] = mapped_column(default=0)
    is_filterable: Mapped[bool] = mapped_column(default=False)


class AttributeText(Model):
    """An attribute's name in one language."""

    __tablename__ = "attribute_text"

    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class AttributeChoice(Model):
    """One value a choice attribute may take."""

    __tablename__ = "attribute_choice"
    __table_args__ = (UniqueConstraint("attribute_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id))
    code: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column(default=0)


class AttributeChoiceText(Model):
    """A choice's name in one language."""

    __tablename__ = "attribute_choice_text"

    choice_id: Mapped[int] = mapped_column(ForeignKey(AttributeChoice.id), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class CategoryAttribute(Model):
    """Which attributes goods of a category have."""

    __tablename__ = "category_attribute"

    category_id: Mapped[CategoryId] = mapped_column(ForeignKey(Category.id), primary_key=True)
    attribute_id: Mapped[int] = mapped_column(ForeignKey(Attribute.id), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
