"""From a law set and a question to one closed graph: versions, territory, delegation, hooks and overrides resolved."""

from .compiler import Compiler, Order
from .delegation import post_hooks
from .errors import LawError, Place
from .graph import Frame, Graph, LawUse, Node, Provenance, below
from .lawset import LawSet
from .model import Article, LawVersion
from .outside import Outside
from .scope import PERIOD, Calling, Scope


def compile_graph(laws: LawSet, order: Order, outside: Outside) -> Graph:
    """Return the graph of the outputs asked for; raises LawNotFound, NotInForce or OutputNotFound."""
    compiler = Compiler(laws, order, outside)
    version = compiler.version(order.law, PERIOD)
    passed = outside.passed(compiler.builder)
    outputs: dict[str, int] = {}
    articles: dict[str, Article] = {}
    for name in order.outputs:
        article = version.article_with(name)
        if article is None:
            raise LawError("OutputNotFound", f"Output '{name}' not found", Place(law=order.law))
        articles[article.number] = article
        compiler.provenance[name] = Provenance("direct", Place(version.id, article.number, version.valid_from))
        outputs[name] = compiler.output(version, article, name, Calling(passed, PERIOD, ((version.id, name),)))
    for article in articles.values():
        asked = Calling(passed, PERIOD, ((version.id, ""),))
        post_hooks(compiler, compiler.scope(version, article, asked), outputs)
    return _closed(compiler, outputs)


def _closed(compiler: Compiler, outputs: dict[str, int]) -> Graph:
    nodes = tuple(compiler.builder.nodes)
    return Graph(
        key=f"{compiler.laws.hash[:16]}:{compiler.order.law}:{','.join(compiler.order.outputs)}",
        nodes=nodes,
        frames=tuple(_frame(scope) for scope in compiler.scopes.values()),
        outputs=outputs,
        provenance=dict(compiler.provenance),
        laws=tuple(sorted(_use(version) for version in compiler.used.values())),
        refusals=tuple(compiler.builder.refusals),
        depth=_depth(nodes),
    )


def _use(version: LawVersion) -> LawUse:
    return LawUse(
        version.id,
        version.valid_from,
        version.valid_to,
        version.sha256,
        version.name,
        version.bwb_id,
        version.url,
    )


def _frame(scope: Scope) -> Frame:
    return Frame(
        number=scope.number,
        place=scope.place(),
        law_name=scope.law.name,
        url=scope.article.url or scope.law.url,
        parameters=dict(scope.parameters),
        inputs=dict(scope.inputs),
        outputs=dict(scope.outputs),
    )


def _depth(nodes: tuple[Node, ...]) -> int:
    depths: list[int] = []
    for node in nodes:
        depths.append(1 + max((depths[number] for number in below(node)), default=0))
    return max(depths, default=0)


__all__ = ["Order", "compile_graph"]
