"""A Monday in an address: /placements/7/weeks/2026-03-02/."""

from datetime import date


class MondayConverter:
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if day.weekday() != 0 or not 2000 <= day.year < 2100:
            raise ValueError("not a Monday of this century")
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()
