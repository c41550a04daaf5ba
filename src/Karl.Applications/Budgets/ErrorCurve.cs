using System.Collections.Immutable;

namespace Karl.Applications.Budgets;

/// <summary>How close one image comes back by how many tokens it takes.</summary>
/// <param name="Name">The image.</param>
/// <param name="Points">Ascending in tokens, at least one.</param>
public sealed record ErrorCurve(string Name, ImmutableArray<CurvePoint> Points);

/// <summary>One length of an image.</summary>
/// <param name="Tokens">Tokens that it takes.</param>
/// <param name="Error">Mean absolute difference of what the decoder gives and what the model saw, pixels from 0 to 1, neither clamped nor rounded: what an epsilon asks for.</param>
public readonly record struct CurvePoint(int Tokens, double Error);
