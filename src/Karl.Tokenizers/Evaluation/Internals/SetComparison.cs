using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Tokenizers.Evaluation.Internals;

/// <summary>Features of all originals, and of what came back under each setting.</summary>
internal sealed class SetComparison(GraphMetric metric, int settings)
{
    private readonly FeatureStatistics _originals = new();
    private readonly FeatureStatistics[] _reconstructions = [.. Enumerable.Range(0, settings).Select(_ => new FeatureStatistics())];

    public void AddOriginals(RgbImage[] images, CancellationToken cancellationToken) => Add(_originals, images, cancellationToken);

    /// <summary>Adds what came back; nothing is to be said of single images.</summary>
    public double[] Add(int setting, RgbImage[] images, CancellationToken cancellationToken)
    {
        Add(_reconstructions[setting], images, cancellationToken);
        return [.. Enumerable.Repeat(double.NaN, images.Length)];
    }

    public double Distance(int setting) => _originals.Count < 2 ? double.NaN : _originals.FrechetDistanceTo(_reconstructions[setting]);

    private void Add(FeatureStatistics statistics, RgbImage[] images, CancellationToken cancellationToken)
    {
        foreach (float[] features in images.Length == 0 ? [] : metric.Features(images, cancellationToken))
        {
            try
            {
                statistics.Add(features);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidOperationException($"Metric '{metric.FileName}': {exception.Message}", exception);
            }
        }
    }
}
