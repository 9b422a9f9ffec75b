"""What a tagged PDF must have, read with pypdf: our own look at what PDF/UA asks and a program can tell."""


def elements(reader, node=None):
    """All elements of the structure tree, in reading order."""
    kids = (node if node is not None else reader.trailer["/Root"]["/StructTreeRoot"]).get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get") and kid.get("/Type") == "/StructElem":
            yield kid
            yield from elements(reader, kid)


def problems_of(reader) -> list[str]:
    """What is wrong with a PDF as a tagged one, as sentences; [] for nothing."""
    root, found = reader.trailer["/Root"], []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("It does not say that it is tagged.")
    if root.get("/Lang") != "en-GB":
        found.append("It does not say its language.")
    if not (reader.metadata and reader.metadata.title and root.get("/ViewerPreferences", {}).get("/DisplayDocTitle")):
        found.append("It has no title, or does not show it.")
    if b"pdfuaid" not in root["/Metadata"].get_data():
        found.append("It does not say which standard it keeps.")
    tree = list(elements(reader))
    found += [
        f"A figure has no alternative text: {one}" for one in tree if one["/S"] == "/Figure" and not one.get("/Alt")
    ]
    if not any(one["/S"] == "/H1" for one in tree):
        found.append("It has no heading of the first level.")
    return found + astray(reader, tree)


def astray(reader, tree) -> list[str]:
    """Whether every element hangs where it says, and every page finds its content in the tree."""
    found = []
    for parent in [reader.trailer["/Root"]["/StructTreeRoot"], *tree]:
        kids = parent.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if (
                hasattr(kid, "get")
                and kid.get("/Type") == "/StructElem"
                and number_of(kid.raw_get("/P")) != number_of(parent)
            ):
                found.append(f"{kid['/S']} names another parent than it has.")
    table = dict(pairs(reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"].get_object()))
    known = {number_of(one) for one in tree}
    for number, page in enumerate(reader.pages, start=1):
        held = table.get(page.get("/StructParents"))
        if held is None:
            found.append(f"Page {number} is not tagged.")
        elif not any(
            number_of(one) in known and number_of(one.get_object().raw_get("/Pg")) == number_of(page)
            for one in held.get_object()
        ):
            found.append(f"The tags of page {number} are those of another page.")
    return found


def number_of(thing) -> int:
    """The number of an object, or of the one that a reference leads to."""
    return thing.idnum if hasattr(thing, "idnum") else thing.indirect_reference.idnum


def pairs(node):
    """The (key, value) pairs of a number tree."""
    nums = node.get("/Nums", [])
    yield from zip(nums[::2], nums[1::2], strict=True)
    for kid in node.get("/Kids", []):
        yield from pairs(kid.get_object())
