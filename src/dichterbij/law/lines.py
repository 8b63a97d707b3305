"""The line of a file on which something stands, looked up only when there is a defect to report."""

import yaml

_LABELS = ("number", "name", "output", "id")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def line_of(text: str, path: str) -> int:
    """Return the line of a path such as `articles.2.text`; of what stands around it when it is not there; else 0."""
    if not path:
        return 0
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError):
        return 0
    line = 0
    for segment in path.split("."):
        found = _step(node, segment)
        if found is None:
            return line
        node, line = found
    return line


def _step(node: yaml.Node | None, segment: str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == segment:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            if segment in (str(index), _label(item)):
                return item, item.start_mark.line + 1
    return None


def _label(item: yaml.Node) -> str | None:
    if not isinstance(item, yaml.MappingNode):
        return None
    fields = {key.value: value.value for key, value in item.value if isinstance(value, yaml.ScalarNode)}
    return next((str(fields[name]).replace(".", "_") for name in _LABELS if name in fields), None)
