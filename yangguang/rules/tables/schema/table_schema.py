"""The descriptor's columns as Frictionless Table Schema."""

from typing import Any

from yangguang.rules.tables.schema.values import Check, Descriptor, Field, ForeignKey, Type


def table_schema(descriptor: Descriptor, *, public: bool = True) -> dict[str, Any]:
    """The Table Schema for a datapackage.json: the public columns, or with `public=False` all of them.

    The latter is what `read` takes back unchanged. A foreign key is left out where one of its columns is
    not shown, and one to another register, since a resource may only point within its own package.
    """
    fields = descriptor.public_fields if public else descriptor.fields
    shown = {field.name for field in fields}
    schema: dict[str, Any] = {"fields": [_field(field) for field in fields]}
    if descriptor.primary_key:
        schema["primaryKey"] = list(descriptor.primary_key)
    keys = [
        _foreign_key(key)
        for key in descriptor.foreign_keys
        if not public or (not key.register and shown.issuperset((*key.fields, *key.there)))
    ]
    if keys:
        schema["foreignKeys"] = keys
    # What a published file writes for nothing is always the empty cell.
    schema["missingValues"] = [""] if public else list(descriptor.missing_values)
    return schema


def _field(field: Field) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "title": field.title,
        "type": field.type.value,
        "description": field.description,
        "unit": field.unit,
        "aliases": list(field.aliases),
        "constraints": _constraints(field),
        "example": field.example,
        "check": "" if field.check is Check.NONE else field.check.value,
        "reporting": field.reporting,
    }
    if field.type is Type.DATETIME:
        told["format"] = "any"
    return {key: value for key, value in told.items() if value not in ("", [], {}, False)}


def _constraints(field: Field) -> dict[str, Any]:
    told = {
        "required": field.required or None,
        "unique": field.unique or None,
        "enum": list(field.enum) or None,
        "pattern": field.pattern or None,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "minLength": field.min_length,
        "maxLength": field.max_length,
    }
    return {key: value for key, value in told.items() if value is not None}


def _foreign_key(key: ForeignKey) -> dict[str, Any]:
    return {
        "fields": list(key.fields),
        "reference": {"resource": key.register, "fields": list(key.there)},
    }
