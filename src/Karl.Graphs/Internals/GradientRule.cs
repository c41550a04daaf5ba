namespace Karl.Graphs.Internals;

/// <summary>The gradient of one input from the gradient of the output; null where the input carries none.</summary>
internal delegate Tensor? InputGradient(Tensor gradient, GradientStep node);

/// <summary>How an operator passes a gradient from its outputs on to its inputs.</summary>
internal sealed class GradientRule
{
    private readonly Func<GradientStep, IReadOnlyList<Tensor?>> _apply;

    private GradientRule(Func<GradientStep, IReadOnlyList<Tensor?>> apply) => _apply = apply;

    /// <summary>One expression for each input, of operators that go element by element and stretch axes: its shape may be that of the output, or shorter where all is the same.</summary>
    public static GradientRule Elementwise(params InputGradient[] inputs) => new(node => Each(inputs, node.ShortGradient, node));

    /// <summary>One expression for each input.</summary>
    public static GradientRule PerInput(params InputGradient[] inputs) => new(node => Each(inputs, node.Gradient, node));

    /// <summary>All inputs at once, where they share work or their number varies; those that want none may be null.</summary>
    public static GradientRule Whole(Func<GradientStep, IReadOnlyList<Tensor?>> all) => new(all);

    /// <summary>The gradients of the inputs, in order.</summary>
    public IReadOnlyList<Tensor?> Apply(GradientStep step) => _apply(step);

    private static Tensor?[] Each(InputGradient[] inputs, Tensor gradient, GradientStep node) =>
        [.. inputs.Select((rule, index) => node.Wants(index) ? rule(gradient, node) : null)];
}
