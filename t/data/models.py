# SPDX-License-Identifier: BSD-2-Clause
# A shop's models in SQLAlchemy, with a bit of everything that people write.
import enum

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base(metadata=sa.MetaData(naming_convention={
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}))


class Status(enum.Enum):
    new = "new"
    paid = "paid"
    shipped = "shipped"


class Timestamps:
    created_at = sa.Column(sa.DateTime, nullable=False, server_default=sa.text("CURRENT_TIMESTAMP"))
    updated_at = sa.Column(sa.DateTime)


class Team(Base, Timestamps):
    __tablename__ = "team"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(80), nullable=False, unique=True)


class User(Base, Timestamps):
    __tablename__ = "user"
    __table_args__ = (
        sa.CheckConstraint("age IS NULL OR age >= 0", name="age"),
        sa.Index("ix_user_lower_email", sa.func.lower(sa.text("email"))),
        sa.UniqueConstraint("team_id", "nick"),
    )
    id = sa.Column(sa.Integer, primary_key=True)
    team_id = sa.Column(sa.ForeignKey("team.id", ondelete="SET NULL"), index=True)
    email = sa.Column(sa.String(255), nullable=False)
    nick = sa.Column(sa.String(40))
    age = sa.Column(sa.SmallInteger)
    active = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    balance = sa.Column(sa.Numeric(10, 2), nullable=False, server_default="0")
    settings = sa.Column(sa.JSON)
    picture = sa.Column(sa.LargeBinary)
    born = sa.Column(sa.Date)
    team = relationship(Team)


class Product(Base):
    __tablename__ = "product"
    __table_args__ = (sa.CheckConstraint("price > 0", name="price"),)
    sku = sa.Column(sa.String(20), primary_key=True)
    title = sa.Column(sa.Text, nullable=False)
    price = sa.Column(sa.Numeric(8, 2), nullable=False)
    weight = sa.Column(sa.Float)
    stock = sa.Column(sa.BigInteger, nullable=False, server_default="0")


class Order(Base, Timestamps):
    __tablename__ = "order"
    id = sa.Column(sa.Integer, primary_key=True)
    user_id = sa.Column(sa.ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=True)
    status = sa.Column(sa.Enum(Status, name="order_status"), nullable=False, server_default="new")
    note = sa.Column(sa.Text)
    placed = sa.Column(sa.Time)


class Item(Base):
    __tablename__ = "item"
    order_id = sa.Column(sa.ForeignKey("order.id", ondelete="CASCADE"), primary_key=True)
    line = sa.Column(sa.Integer, primary_key=True, autoincrement=False)
    sku = sa.Column(sa.ForeignKey("product.sku", onupdate="CASCADE"), nullable=False)
    count = sa.Column(sa.Integer, nullable=False, server_default="1")


class Category(Base):
    __tablename__ = "category"
    id = sa.Column(sa.Integer, primary_key=True)
    parent_id = sa.Column(sa.ForeignKey("category.id"))
    name = sa.Column(sa.Unicode(60), nullable=False)


product_category = sa.Table(
    "product_category", Base.metadata,
    sa.Column("sku", sa.ForeignKey("product.sku"), primary_key=True),
    sa.Column("category_id", sa.ForeignKey("category.id"), primary_key=True),
)
