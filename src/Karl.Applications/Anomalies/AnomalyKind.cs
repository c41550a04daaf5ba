using System.Collections.Immutable;

namespace Karl.Applications.Anomalies;

/// <summary>How well images of one label are told from normal ones.</summary>
/// <param name="Label">The label.</param>
/// <param name="Images">Images with it.</param>
/// <param name="AreaUnderCurve">Area under the ROC curve: the chance that an image of the label is stranger than a normal one, equal ones counting half; 0.5 is guessing, 1 is perfect.</param>
/// <param name="AreasOfSignals">The same for each signal alone, in the order of <see cref="AnomalyProfile.Signals"/>.</param>
/// <param name="Detected">The share of them that the profile calls anomalous.</param>
/// <param name="FalseAlarms">The share of normal ones that it calls so.</param>
/// <param name="Curve">Shares of normal ones and of these at or above each score, from (0, 0) to (1, 1).</param>
public sealed record AnomalyKind(
    string Label, int Images, double AreaUnderCurve, ImmutableArray<double> AreasOfSignals, double Detected, double FalseAlarms, ImmutableArray<(double FalseAlarms, double Detected)> Curve);
