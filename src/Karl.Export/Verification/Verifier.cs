using Karl.Export.Families;
using Karl.Tokenizers;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Verification;

/// <summary>Shows that a model bundle computes what the original implementation computed: halting, codes, latents, pixels, and what lies between.</summary>
public static class Verifier
{
    /// <summary>Runs the recorded images through a model and compares everything that was recorded.</summary>
    /// <param name="bundlePath">The model bundle, <c>.karl</c>.</param>
    /// <param name="recordingPath">The recording of the original, <c>.npz</c>.</param>
    /// <param name="imagesPath">The images it was made with, <c>.npy</c>: float32 <c>[count, 3, size, size]</c>, RGB, 0 to 1.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="cancellationToken">Stops in the middle of a run.</param>
    /// <returns>A line for each recorded tensor. That something differs is no exception.</returns>
    /// <remarks>
    /// Images are run one by one and one graph is loaded at a time: a published model of 1.1 GB takes about 3 GB, most of it while ONNX Runtime loads.
    /// Tolerances are those of float32 weights: see <c>docs/numerics.md</c>.
    /// </remarks>
    /// <exception cref="KarlFormatException">A file is damaged, or the three do not belong together; says which and why.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static VerificationReport Verify(
        string bundlePath, string recordingPath, string imagesPath, VerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundlePath);
        ArgumentException.ThrowIfNullOrEmpty(recordingPath);
        ArgumentException.ThrowIfNullOrEmpty(imagesPath);
        options ??= new VerificationOptions();
        if (options.Threads is < 1 or > 1024)
        {
            throw new ArgumentException($"Threads is {options.Threads}; 1 to 1024, or null, was expected.", nameof(options));
        }

        using var bundle = Bundle.Open(bundlePath);
        return ExportFamily.Of(bundle.Manifest).Verify(bundle, recordingPath, RecordedImages.Read(imagesPath, bundle.Manifest.ImageSize), options, cancellationToken);
    }
}
