namespace Karl.Graphs.Tests.Gradients;

/// <summary>One line of a gradient's test: something built from inputs that is differentiated by every floating-point input.</summary>
/// <param name="Operator">The operator whose rule is tested; it must occur in the graph before it is differentiated.</param>
/// <param name="Name">What is special about it: shapes, types, settings.</param>
/// <param name="Build">Builds it from inputs that it declares.</param>
/// <param name="Type">What is computed with: float64, or float32 where ONNX Runtime has the operator in no other type on a CPU.</param>
internal sealed record GradientCase(Operator Operator, string Name, Func<GradientInputs, Tensor> Build, ElementType Type = ElementType.Float64)
{
    public override string ToString() => $"{Operator} {Name}";
}
