using Karl.Export.Architectures;
using Karl.Export.Checkpoints;
using Karl.Export.Verification;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Training.Verification.Internals;

namespace Karl.Training.Verification;

/// <summary>Shows that a training step computes what the original implementation computed: losses, every gradient, and how the optimizer changes the weights.</summary>
public static class TrainingVerifier
{
    private const int LargestImages = 1 << 30;

    /// <summary>Runs one recorded step of the first stage, as the first of a training run, and compares everything that was recorded.</summary>
    /// <param name="checkpointPath">The weights before the step: a published checkpoint of KARL.</param>
    /// <param name="hint">What says how many attention heads there are; null to go by the checkpoint's own arguments.</param>
    /// <param name="recordingPath">The recording of the original's step, <c>.npz</c>.</param>
    /// <param name="imagesPath">The images of which the recording names some, <c>.npy</c>: float32 <c>[count, 3, size, size]</c>, RGB, 0 to 1.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Stops in the middle of the step.</param>
    /// <returns>A line for each recorded tensor. That something differs is no exception.</returns>
    /// <remarks>Tolerances: <c>docs/numerics.md</c>.</remarks>
    /// <exception cref="KarlFormatException">A file is damaged, or they do not belong together; says which and why.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static VerificationReport Verify(
        string checkpointPath, ArchitectureHint? hint, string recordingPath, string imagesPath, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(checkpointPath);
        ArgumentException.ThrowIfNullOrEmpty(recordingPath);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        options ??= new();
        if (options.Threads is < 1 or > 1024) throw new ArgumentException($"Threads is {options.Threads}; 1 to 1024, or null, was expected.", nameof(options));
        using var recording = StepRecording.Open(recordingPath);
        using var checkpoint = Checkpoint.Open(checkpointPath);
        var weights = checkpoint.Weights();
        var architecture = ArchitectureInference.Infer(checkpoint, weights, hint).Architecture;
        recording.CheckFits(architecture, Path.GetFileName(checkpointPath));
        var pixels = ReadImages(imagesPath, architecture.ImageSize, recording.Images);
        options.Progress?.Report(new(0, 1, "one training step"));
        cancellationToken.ThrowIfCancellationRequested();
        var step = RecordedStep.Run(architecture, weights, recording, pixels, options.Threads, cancellationToken);
        var comparison = new StepComparison(step, recording);
        return new(Path.GetFileName(checkpointPath), recording.Name, [.. recording.Keys.Select(comparison.Line)], []);
    }

    /// <summary>The named images one after another.</summary>
    private static float[] ReadImages(string path, int size, IReadOnlyList<int> wanted)
    {
        var images = NpyArray.Load(path, LargestImages);
        if (images.Type != ArrayElementType.Float32 || images.Shape is not [var count, 3, var height, var width] || height != size || width != size)
        {
            throw new KarlFormatException($"'{Path.GetFileName(path)}' is {images}; Float32 [count, 3, {size}, {size}] was expected: the images that the recording was made with.");
        }
        if (wanted.Any(image => image >= count)) throw new KarlFormatException($"'{Path.GetFileName(path)}' holds {count} images; the recording was made with number {wanted.Max()}, counted from 0.");
        var length = 3 * size * size;
        var pixels = images.AsSpan<float>();
        var batch = new float[wanted.Count * length];
        for (var index = 0; index < wanted.Count; index++) pixels.Slice(wanted[index] * length, length).CopyTo(batch.AsSpan(index * length));
        return batch;
    }
}
