namespace Karl.Graphs.Internals;

/// <summary>A node as a gradient rule sees it: its inputs and outputs, and how the loss changes with the outputs.</summary>
/// <param name="node">The node.</param>
/// <param name="gradients">The gradient of each output; null where nothing flows back into it. An axis may have length 1 where all elements are the same along it.</param>
/// <param name="wants">Of which inputs the gradient is needed.</param>
/// <param name="asked">The tensors that the caller asked for.</param>
internal sealed class GradientStep(Node node, IReadOnlyList<Tensor?> gradients, IReadOnlyList<bool> wants, IReadOnlyList<Tensor> asked)
{
    private readonly Tensor?[] _stretched = new Tensor?[gradients.Count];

    public Graph Graph => Output.Graph;

    public Attributes Attributes => node.Attributes;

    public IReadOnlyList<Tensor?> Inputs => node.Inputs;

    public IReadOnlyList<Tensor> Outputs => node.Outputs;

    /// <summary>An input.</summary>
    public Tensor this[int index] => node.Inputs[index]!;

    /// <summary>The only output, or the first.</summary>
    public Tensor Output => node.Outputs[0];

    /// <summary>Whether the caller asked for an input's gradient, so that it must be whole and not a step on the way.</summary>
    public bool IsAskedFor(int index) => asked.Contains(this[index]);

    /// <summary>The gradient of the first output, of its shape.</summary>
    public Tensor Gradient => GradientOf(0);

    /// <summary>The gradient of the first output as it came: an axis may have length 1 where all elements are the same along it.</summary>
    public Tensor UnstretchedGradient => gradients[0]!;

    /// <summary>The gradient of the first output as it came, for rules that go element by element: short only where no input that wants one is shorter than the output.</summary>
    public Tensor ShortGradient => Enumerable.Range(0, wants.Count).All(index => !Wants(index) || this[index].Shape.Equals(Output.Shape)) ? gradients[0]! : Gradient;

    /// <summary>The settings and inputs as shape rules see them.</summary>
    public NodeDraft Draft => new(node, $"{node.Operator} '{node.Name}'");

    /// <summary>Whether the gradient of an input is needed.</summary>
    public bool Wants(int index) => index < wants.Count && wants[index];

    /// <summary>The gradient of an output, of its shape; zeros where nothing flows back into it.</summary>
    public Tensor GradientOf(int output) => _stretched[output] ??= gradients[output] is { } gradient
        ? gradient.Stretched(node.Outputs[output].Shape)
        : node.Outputs[output].Zeros(node.Outputs[output].Shape);

    /// <summary>An axis set by attribute, counted from the front.</summary>
    public int Axis(string name, long otherwise, int rank) => Draft.Axis(Attributes.Integer(name, otherwise), rank);

    /// <summary>What the gradient cannot be said of.</summary>
    public NotSupportedException Unsupported(string problem) => new($"The gradient of {node.Operator} at '{node.Name}' is not known: {problem}.");
}
