using Karl.Applications.Anomalies;

namespace Microsoft.ML.Karl.Internals.Anomalies;

/// <summary>How strange a row's image is; or nothing, for want of an image or for a reason.</summary>
/// <param name="Score">Null where there is none, or where nobody asked for it.</param>
/// <param name="Error">Why the image could not be read; null where it could, and where there is none.</param>
internal sealed record ImageAnomaly(AnomalyScore? Score, string? Error)
{
    public static ImageAnomaly Missing { get; } = new(null, null);
}
