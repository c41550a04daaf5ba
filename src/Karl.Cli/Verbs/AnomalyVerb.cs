using System.CommandLine;

namespace Karl.Cli.Verbs;

/// <summary><c>karl anomaly</c>: learns what normal images are like, and tells how strange others are.</summary>
internal static class AnomalyVerb
{
    /// <summary>The verb with its two parts.</summary>
    public static Command Create() => new("anomaly", "Learn what normal images are like, and find those that are not.")
    {
        AnomalyFitPart.Create(),
        AnomalyScorePart.Create(),
    };
}
