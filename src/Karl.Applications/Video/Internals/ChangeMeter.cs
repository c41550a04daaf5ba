using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;

namespace Karl.Applications.Video.Internals;

/// <summary>How much the picture changes from frame to frame beyond what is usual in this scene.</summary>
internal sealed class ChangeMeter(double sceneChange)
{
    private const int Usual = 24;
    private readonly Queue<double> _recent = new();
    private RgbImage? _before;

    /// <summary>Takes the next frame.</summary>
    /// <returns>Its change, at least 0, and whether it begins a scene; a frame that could not be read has and does neither.</returns>
    public (double Change, bool BeginsScene) Next(RgbImage? frame)
    {
        if (frame is null)
        {
            return (0, false);
        }

        if (_before is null)
        {
            _before = frame;
            return (0, true);
        }

        double difference = ImageMetrics.MeanAbsoluteError(_before, frame), change = Math.Max(0, difference - _recent.DefaultIfEmpty(0).Average());
        _before = frame;
        if (change >= sceneChange)
        {
            _recent.Clear();
            return (change, true);
        }

        _recent.Enqueue(difference);
        if (_recent.Count > Usual)
        {
            _recent.Dequeue();
        }

        return (change, false);
    }
}
