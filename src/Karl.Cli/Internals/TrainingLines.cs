using System.Globalization;
using Karl.Training.Runs;

namespace Karl.Cli.Internals;

/// <summary>How training goes, in lines for people.</summary>
internal sealed class TrainingLines
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(15);
    private DateTime _next = DateTime.UtcNow + Between;

    /// <summary>Whether a line is due where each stays: one now and then, and one at the end of each phase.</summary>
    public bool IsDue(TrainingProgress progress)
    {
        DateTime now = DateTime.UtcNow;
        if (now < _next && progress.Step < progress.Steps)
        {
            return false;
        }

        _next = now + Between;
        return true;
    }

    /// <summary>Phase, step, losses by name, speed, time left and what waits.</summary>
    public static string Of(TrainingProgress progress)
    {
        string losses = string.Join(", ", progress.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:0.####}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Phase} {progress.Step}/{progress.Steps}: {losses}; {progress.ImagesPerSecond:0.0} images/s, {progress.Remaining:hh\\:mm\\:ss} left, {progress.Waiting:P0} waiting for images");
    }
}
