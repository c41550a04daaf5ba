using Karl.Export.Exporting;
using Karl.Graphs;
using Karl.Tokenizers;
using Karl.Training.Data;
using Karl.Training.Running.Internals;
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
    /// <exception cref="ArgumentException">The network, a perceptual network or adversaries cannot be; nothing was begun.</exception>
    /// <exception cref="PlatformNotSupportedException">The device cannot be used; nothing was begun.</exception>
    /// <exception cref="InvalidOperationException">The folder holds another run, or a loss is no number any more; nothing that was saved is lost.</exception>
    /// <exception cref="Tokenizers.KarlFormatException">There are no images, none can be read, a saved state is damaged, or there is no such base tokenizer as wanted.</exception>
    /// <exception cref="IOException">Something cannot be written, as on a full disk; what was saved before is whole.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the state was saved.</exception>
    public static string Run(TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var preset = options.Preset;
        PhaseReplicas.Require(options);
        if (options.Device.IsCuda) StepSessions.Copying(options.Device, 1).Dispose();
        var judges = Judges.Of(options);
        var family = FamilyTraining.Of(preset, options.Seed, judges);
        if (judges.Fingerprint is not null) Require(judges, preset, family);
        var images = TrainingImages.Find(options.Data, ImageOptions(options, preset.Base));
        var baseFile = options.Base is null ? null : TakenBase.FileOf(options.Base);
        var weights = baseFile is null ? [] : TakenBase.Read(baseFile, preset);
        var identity = new RunIdentity(preset.Name, options.Seed, images.Count, images.Fingerprint, baseFile is null ? null : TakenBase.Fingerprint(baseFile, cancellationToken), judges.Fingerprint);
        var folder = RunFolder.Open(options.Output, options.Resume, identity);
        options.Report?.Invoke($"{preset.Name}: {preset.Summary}; {images.Count} images.");

        if (baseFile is null)
        {
            Train(new BasePhase(preset, options.Seed), 0);
        }
        else
        {
            StateFile.SaveAverages(folder.State("base"), weights);
            options.Report?.Invoke($"base: taken from '{baseFile}'.");
        }

        Train(Phase("distillation", preset.Distillation, family.Distillation(preset.Distillation, weights)), 0);
        Train(Judged("pixels", preset.Pixels, family.Pixels(preset.Pixels, weights), null), 0);
        if (preset.Finish is { } finish) Train(Judged("finish", finish, family.Finish(finish, weights), folder.State("pixels")), (long)preset.Pixels.Steps * preset.Pixels.BatchSize);
        TrainedCheckpoint.Write(folder.Checkpoint, preset, family, name => weights[name].AsSpan<float>().ToArray());
        KarlExporter.Export(folder.Checkpoint, folder.Bundle, new ExportOptions(), cancellationToken);
        options.Report?.Invoke($"done: {folder.Bundle}");
        return folder.Bundle;

        void Train(IPhase phase, long samplesBefore)
        {
            var own = ImageOptions(options, phase.Options) is var wanted && wanted with { Decoder = images.Options.Decoder } == images.Options ? images : TrainingImages.Find(options.Data, wanted);
            new PhaseLoop(phase, own, samplesBefore, folder, options).Run(cancellationToken);
            LossPlot.Write(folder.Log(phase.Name), folder.Plot(phase.Name), phase.Name);
            foreach (var (name, average) in StateFile.LoadAverages(folder.State(phase.Name))) weights[name] = average;
        }

        TransformerPhase Phase(string name, PhaseOptions phase, FamilyStep step, AdversaryTraining? adversaries = null) => new(name, phase, preset, family, step, options.Seed, weights, adversaries);

        TransformerPhase Judged(string name, PhaseOptions phase, FamilyStep step, string? earlier) =>
            Phase(name, phase, step, judges.Adversaries is null ? null : new(judges.Adversaries, preset.Architecture, step, phase, earlier, options.Seed));
    }

    /// <summary>Builds what judges take part in, so that one that does not fit is told before hours of training rather than after them.</summary>
    private static void Require(Judges judges, TrainingPreset preset, FamilyTraining family)
    {
        judges.Adversaries?.Architecture.Validate(preset.Architecture.ImageSize);
        try
        {
            family.Pixels(preset.Pixels, new WeightDictionary());
        }
        catch (NotSupportedException exception) when (judges.Perceptual is not null)
        {
            throw new KarlFormatException($"The perceptual network '{judges.Perceptual.Name}' cannot be trained with: {exception.Message}", exception);
        }
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
