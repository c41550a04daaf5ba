namespace Karl.Graphs;

/// <summary>Where the values of a tensor come from.</summary>
public enum TensorKind
{
    /// <summary>From the caller, at every run.</summary>
    Input,
    /// <summary>A weight: bound to values when the graph is written.</summary>
    Parameter,
    /// <summary>Written down in the graph.</summary>
    Constant,
    /// <summary>Computed by a node.</summary>
    Result,
}

/// <summary>
/// A value in a graph: known by name, element type and shape, not yet by numbers.
/// Operators and methods add nodes to the graph and return what these give.
/// </summary>
/// <remarks>Every method throws <see cref="ArgumentException"/> naming the node, the shapes found and what was wanted, where shapes or types do not fit.</remarks>
public sealed partial class Tensor
{
    internal Tensor(Graph graph, string name, TensorKind kind, ElementType type, Shape shape)
    {
        Graph = graph;
        Name = name;
        Kind = kind;
        Type = type;
        Shape = shape;
    }

    /// <summary>The graph that the tensor belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>The name, unique in the graph.</summary>
    public string Name { get; internal set; }

    /// <summary>Where the values come from.</summary>
    public TensorKind Kind { get; }

    /// <summary>What each element is.</summary>
    public ElementType Type { get; }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>How many axes there are.</summary>
    public int Rank => Shape.Rank;

    /// <summary>The node that computes the tensor; null unless <see cref="Kind"/> is <see cref="TensorKind.Result"/>.</summary>
    public Node? Producer { get; internal init; }

    /// <summary>The values: of every constant, and of a parameter that came with values (read from a file, or folded).</summary>
    public TensorData? Data { get; internal init; }

    /// <summary>For small integer tensors (shapes, axes): what each element is known to be, as lengths. Null where unknown.</summary>
    internal IReadOnlyList<Dimension>? Lengths { get; init; }

    internal bool HasAutomaticName { get; set; }

    /// <summary>
    /// Gives the tensor this very name, outside any scope, and returns it. Where it already has a name of its own
    /// (an input, a parameter, a constant, or named before), an identity node carries the new name.
    /// </summary>
    /// <exception cref="ArgumentException">Another tensor has the name.</exception>
    public Tensor Named(string name) => Graph.NameExactly(this, name);

    /// <summary>Name, type and shape, for example <c>image: float32 [batch, 3, 256, 256]</c>.</summary>
    public override string ToString() => $"{Name}: {Type.Word()} {Shape}";
}
