using Karl.Export.Exporting;
using Karl.Training.Data;
using Karl.Training.Runs.Internals;

namespace Karl.Training.Runs;

/// <summary>
/// Trains a network from images to a model bundle: phase after phase, saved often, resumable from any moment. What a step does depends on seed, step and
/// state alone, so a run that was killed and taken up again ends where it would have ended.
/// </summary>
public static class TrainingRun
{
    /// <summary>Begins or takes up a run and goes on to its end.</summary>
    /// <returns>The model bundle's path.</returns>
    /// <exception cref="InvalidOperationException">The folder holds another run, or a loss is no number any more; nothing that was saved is lost.</exception>
    /// <exception cref="Tokenizers.KarlFormatException">There are no images, none can be read, or a saved state is damaged.</exception>
    /// <exception cref="IOException">Something cannot be written, as on a full disk; what was saved before is whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the state was saved.</exception>
    public static string Run(TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var preset = options.Preset;
        var images = TrainingImages.Find(options.Data, ImageOptions(options, preset.Base));
        var folder = RunFolder.Open(options.Output, options.Resume, new RunIdentity(preset.Name, options.Seed, images.Count, images.Fingerprint));
        options.Report?.Invoke($"{preset.Name}: {preset.Summary}; {images.Count} images.");

        Train(new BasePhase(preset, options.Seed));
        Train(KarlPhase.Distillation(preset, options.Seed, Averages("base")));
        Train(KarlPhase.Pixels(preset, options.Seed, new Dictionary<string, float[]>([.. Averages("base"), .. Averages("distillation")])));
        var weights = Averages("pixels");
        TrainedCheckpoint.Write(folder.Checkpoint, preset, name => weights[name]);
        KarlExporter.Export(folder.Checkpoint, folder.Bundle, new ExportOptions(), cancellationToken);
        options.Report?.Invoke($"done: {folder.Bundle}");
        return folder.Bundle;

        void Train(IPhase phase)
        {
            var own = ImageOptions(options, phase.Options) is var wanted && wanted with { Decoder = images.Options.Decoder } == images.Options ? images : TrainingImages.Find(options.Data, wanted);
            new PhaseLoop(phase, own, folder, options).Run(cancellationToken);
            LossPlot.Write(folder.Log(phase.Name), folder.Plot(phase.Name), phase.Name);
        }

        Dictionary<string, float[]> Averages(string phase) => StateFile.LoadAverages(folder.State(phase));
    }

    private static TrainingImageOptions ImageOptions(TrainingOptions options, PhaseOptions phase) => new()
    {
        Size = options.Preset.Architecture.ImageSize,
        BatchSize = phase.BatchSize,
        Seed = unchecked((ulong)options.Seed),
        SmallestScale = options.Preset.SmallestCrop,
        FadedShare = phase.FadedShare,
        NoisyShare = phase.NoisyShare,
        Threads = 1,
        Warn = options.Report,
    };
}
