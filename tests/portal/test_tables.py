import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.tables import csv_response, harmless, unharmed, write_xlsx, xlsx_response

HEADER = ["Name", "Hours", "Last day", "At", "Paid"]
ROWS = [
    ["Zoë Ålund, jr", 37.5, date(2026, 7, 31), datetime(2026, 7, 1, 8, 5, tzinfo=UTC), True],
    ["=HYPERLINK(1)", -2, None, None, False],
]


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def sheet_of(header, rows, title=""):
    file = io.BytesIO()
    write_xlsx(file, header, rows, title)
    return load_workbook(file).active


def test_a_csv_file_opens_in_excel_with_accents_and_british_dates():
    response = csv_response("students 2026.csv", HEADER, iter(ROWS))
    assert response["Content-Disposition"] == 'attachment; filename="students 2026.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert body(response).decode() == (
        "\ufeffName,Hours,Last day,At,Paid\r\n"
        '"Zoë Ålund, jr",37.5,31/07/2026,01/07/2026 09:05,yes\r\n'
        "'=HYPERLINK(1),-2,,,no\r\n"
    )


def test_a_csv_file_is_sent_while_it_is_read():
    def rows():
        yield ["first"]
        raise RuntimeError("the second row was asked for")

    lines = iter(csv_response("x.csv", ["A"], rows()))
    assert next(lines) == b"\xef\xbb\xbfA\r\n"
    assert next(lines) == b"first\r\n"


def test_no_text_becomes_a_formula_and_it_can_be_read_back():
    for text in ("=1+1", "+44 1632 960111", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        assert harmless(text) == "'" + text
        assert unharmed(harmless(text)) == text


@given(st.text())
def test_every_text_comes_back(text):
    if not (text.startswith("'") and unharmed(text) != text):
        assert unharmed(harmless(text)) == text


def test_a_workbook_holds_texts_as_texts_and_dates_as_dates():
    sheet = sheet_of(HEADER, iter(ROWS), "Students: 2026")
    assert sheet.title == "Students  2026"
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        HEADER,
        ["Zoë Ålund, jr", 37.5, datetime(2026, 7, 31), datetime(2026, 7, 1, 9, 5), "yes"],
        ["=HYPERLINK(1)", -2, None, None, "no"],
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"


def test_a_workbook_survives_control_characters():
    assert sheet_of(["A"], [["a\x00b\x0bc"]])["A2"].value == "abc"


def test_a_table_without_rows_is_a_header():
    assert body(csv_response("x.csv", ["A", "B"], [])).decode("utf-8-sig") == "A,B\r\n"
    assert sheet_of(["A", "B"], []).max_row == 1


@pytest.mark.django_db
def test_a_workbook_is_downloaded_under_its_name():
    response = xlsx_response("students 2026.xlsx", HEADER, ROWS)
    assert response["Content-Disposition"] == 'attachment; filename="students 2026.xlsx"'
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert load_workbook(io.BytesIO(body(response))).active["A2"].value == "Zoë Ålund, jr"
    response.close()
