using System.Collections.Immutable;

namespace Karl.Applications.Anomalies.Internals;

/// <summary>Receiver operating characteristics (ROC) of labelled images.</summary>
internal static class DetectionCurves
{
    /// <summary>One for each label but the normal one, by name.</summary>
    public static IEnumerable<AnomalyKind> Over(AnomalyProfile profile, ImmutableArray<ScoredImage> images)
    {
        ScoredImage[] normal = [.. images.Where(image => image.Label == AnomalyReport.NormalLabel)];
        return normal.Length == 0 ? [] : images
            .Where(image => image.Label is not null and not AnomalyReport.NormalLabel)
            .GroupBy(image => image.Label!, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(profile, group.Key, normal, [.. group]));
    }

    /// <summary>The chance that one of the second is larger than one of the first, equal ones counting half.</summary>
    public static double Area(IEnumerable<double> first, IEnumerable<double> second)
    {
        (double Value, bool IsSecond)[] all = [.. first.Select(value => (value, false)).Concat(second.Select(value => (value, true))).OrderBy(pair => pair.Item1)];
        double ranks = 0, seconds = all.Count(pair => pair.IsSecond), firsts = all.Length - seconds;
        for (int start = 0; start < all.Length;)
        {
            int end = start;
            while (end < all.Length && all[end].Value == all[start].Value)
            {
                end++;
            }

            ranks += all[start..end].Count(pair => pair.IsSecond) * ((start + end + 1) / 2.0);
            start = end;
        }

        return (ranks - (seconds * (seconds + 1) / 2)) / (seconds * firsts);
    }

    private static AnomalyKind Of(AnomalyProfile profile, string label, ScoredImage[] normal, ScoredImage[] others) => new(
        label,
        others.Length,
        Area(normal.Select(image => image.Score.Score), others.Select(image => image.Score.Score)),
        [.. profile.Signals.Select((_, signal) => Area(normal.Select(image => image.Score.Signals[signal].Strangeness), others.Select(image => image.Score.Signals[signal].Strangeness)))],
        (double)others.Count(image => image.Score.IsAnomalous) / others.Length,
        (double)normal.Count(image => image.Score.IsAnomalous) / normal.Length,
        Curve(normal, others));

    private static ImmutableArray<(double FalseAlarms, double Detected)> Curve(ScoredImage[] normal, ScoredImage[] others)
    {
        ImmutableArray<(double FalseAlarms, double Detected)>.Builder curve = ImmutableArray.CreateBuilder<(double FalseAlarms, double Detected)>();
        curve.Add((0, 0));
        double alarms = 0, detected = 0;
        foreach (IGrouping<double, ScoredImage> equal in normal.Concat(others).GroupBy(image => image.Score.Score).OrderByDescending(group => group.Key))
        {
            int normals = equal.Count(image => image.Label == AnomalyReport.NormalLabel);
            alarms += normals;
            detected += equal.Count() - normals;
            curve.Add((alarms / normal.Length, detected / others.Length));
        }

        return curve.ToImmutable();
    }
}
