using System.Collections.Immutable;

namespace Karl.Applications.Anomalies;

/// <summary>How strange an image is to a profile of normal ones.</summary>
/// <param name="Score">All signals together: the sum of their strangeness. 0 is as usual as can be; it has no upper bound that matters.</param>
/// <param name="PValue">The share of normal images that are at least as strange, estimated from those held out, above 0 and at most 1.</param>
/// <param name="IsAnomalous">Whether that is at most the rate of false alarms that the profile was fitted for.</param>
/// <param name="Signals">Each signal in the order of <see cref="AnomalyProfile.Signals"/>.</param>
public sealed record AnomalyScore(double Score, double PValue, bool IsAnomalous, ImmutableArray<AnomalySignal> Signals);

/// <summary>One signal of one image.</summary>
/// <param name="Value">What was measured, in the signal's own unit.</param>
/// <param name="PValue">The share of normal images that are at least as far out, estimated from those held out, above 0 and at most 1.</param>
/// <param name="Strangeness">Minus the logarithm of it; beyond all that were held out it goes on with the distance from them, in interquartile ranges.</param>
public sealed record AnomalySignal(double Value, double PValue, double Strangeness);

/// <summary>An image with its score.</summary>
/// <param name="Path">The path as it was given.</param>
/// <param name="Label">What it is said to be; null where nothing is.</param>
/// <param name="Score">How strange it is.</param>
public sealed record ScoredImage(string Path, string? Label, AnomalyScore Score);
