using System.Security.Cryptography;
using Karl.Graphs;
using Karl.Graphs.Onnx;
using Karl.Tokenizers;
using Karl.Training.Steps;

namespace Karl.Training.Runs.Internals;

/// <summary>Whom the second stage's reconstructions are to please, beside having the right pixels.</summary>
/// <param name="Perceptual">A network that says how different two images look; null goes without.</param>
/// <param name="Adversaries">Networks that tell reconstructions from real images; null goes without.</param>
/// <param name="Fingerprint">What tells these from others; null where there are none.</param>
internal sealed record Judges(Graph? Perceptual, AdversaryOptions? Adversaries, string? Fingerprint)
{
    private const long LargestFile = 1L << 30;

    /// <summary>Each of the adversaries; null goes without.</summary>
    public AdversaryArchitecture? Adversary => Adversaries?.Architecture;

    /// <summary>Those that a run asks for.</summary>
    /// <exception cref="KarlFormatException">The perceptual network cannot be read.</exception>
    public static Judges Of(TrainingOptions options)
    {
        var file = options.PerceptualNetwork is { } path ? Read(path) : null;
        string[] parts =
        [
            .. file is null ? Array.Empty<string>() : [$"perceptual network {Convert.ToHexStringLower(SHA256.HashData(file))}"],
            .. options.Adversaries is { } adversaries ? [$"{adversaries.Architecture}, {adversaries.Schedule}"] : Array.Empty<string>(),
        ];
        return new(file is null ? null : Parse(file, options.PerceptualNetwork!), options.Adversaries, parts.Length == 0 ? null : string.Join("; ", parts));
    }

    private static byte[] Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) throw new KarlFormatException($"There is no perceptual network '{path}'; give an ONNX file of two images, such as 'karl export lpips.pth' makes.");
        if (file.Length > LargestFile) throw new KarlFormatException($"The perceptual network '{path}' takes {file.Length} bytes; up to {LargestFile} are read.");
        return File.ReadAllBytes(path);
    }

    private static Graph Parse(byte[] file, string path)
    {
        try
        {
            return OnnxReader.Read(file).Graph;
        }
        catch (OnnxFormatException exception)
        {
            throw new KarlFormatException($"The perceptual network '{path}' cannot be read: {exception.Message}", exception);
        }
    }
}
