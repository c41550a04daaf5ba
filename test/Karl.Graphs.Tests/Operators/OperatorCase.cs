namespace Karl.Graphs.Tests.Operators;

/// <summary>One line of an operator's test: what is built, and the slow way to the same numbers.</summary>
/// <param name="Operator">The operator that the line is about; it must occur in the graph.</param>
/// <param name="Name">What is special about it: shapes, types, settings.</param>
/// <param name="Build">Builds it from inputs that it declares.</param>
/// <param name="Reference">The wanted result from the inputs' values, in order of declaration.</param>
/// <param name="Tolerance">By how much an element may differ.</param>
internal sealed record OperatorCase(Operator Operator, string Name, Func<CaseInputs, Tensor> Build, Func<Slow[], Slow> Reference, double Tolerance = 1e-5)
{
    public override string ToString() => $"{Operator} {Name}";
}
