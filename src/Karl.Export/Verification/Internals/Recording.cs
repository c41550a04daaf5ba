using System.Text.RegularExpressions;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Internals;

namespace Karl.Export.Verification.Internals;

/// <summary>A recording of the original implementation: its keys understood, its arrays read when they are needed.</summary>
internal sealed partial class Recording : IDisposable
{
    private const string NoiseKey = "noise";
    private const int LargestArray = 1 << 28;
    private static readonly RunSettings DefaultSettings = new(32, 0.05f);
    private readonly NpzArchive _archive;
    private readonly List<RecordedKey> _known = [];

    private Recording(NpzArchive archive, string name)
    {
        _archive = archive;
        Name = name;
        foreach (var text in archive.Keys)
        {
            if (RecordedKey.TryParse(text, out var key))
            {
                _known.Add(key);
            }
            else if (text != NoiseKey)
            {
                Unknown.Add(text);
            }
        }
    }

    /// <summary>How messages call it: its file name.</summary>
    public string Name { get; }

    /// <summary>All keys, in the file's order.</summary>
    public IReadOnlyList<string> Keys => _archive.Keys;

    /// <summary>Keys whose meaning nobody knows.</summary>
    public HashSet<string> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Opens a recording.</summary>
    /// <exception cref="KarlFormatException">It is not an npz file, is damaged, or holds no recording of KARL.</exception>
    public static Recording Open(string path)
    {
        var archive = NpzArchive.Open(path, LargestArray);
        try
        {
            var recording = new Recording(archive, Path.GetFileName(path));
            recording.RefuseOthers();
            return recording;
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>What has to be run, image by image.</summary>
    public IReadOnlyList<RecordedRun> Runs()
    {
        var runs = new List<RecordedRun>();
        foreach (var group in _known.GroupBy(key => (key.Image, key.Latent)).OrderBy(group => group.Key))
        {
            RecordedKey[] ofImage = [.. group.Where(key => key.Run is null)];
            List<RecordedRun> ofGroup =
            [
                .. group.Where(key => key.Run is not null).GroupBy(key => key.Run!.Value)
                    .Select(run => new RecordedRun(group.Key.Image, group.Key.Latent, run.Key, [.. run])),
            ];
            if (ofGroup.Count == 0)
            {
                ofGroup.Add(new RecordedRun(group.Key.Image, group.Key.Latent, DefaultSettings, []));
            }

            ofGroup[0] = ofGroup[0] with { Keys = [.. ofGroup[0].Keys, .. ofImage] };
            runs.AddRange(ofGroup);
        }

        return runs;
    }

    /// <summary>The values under a key.</summary>
    /// <exception cref="KarlFormatException">They are damaged.</exception>
    public Numbers Read(RecordedKey key) => Numbers.From(_archive[key.Text]);

    /// <summary>The noise that an image's sample was made with.</summary>
    /// <param name="image">Number of the image.</param>
    /// <param name="channels">Channels that the model takes.</param>
    /// <param name="grid">Edge of its grid.</param>
    /// <exception cref="KarlFormatException">There is none, or of another shape.</exception>
    public float[] Noise(int image, int channels, int grid)
    {
        if (!_archive.TryRead(NoiseKey, out var noise))
        {
            throw new KarlFormatException($"Recording '{Name}': holds samples of a posterior but no '{NoiseKey}', without which they cannot be made again.");
        }

        long[] shape = [.. noise.Shape];
        if (shape.Length != 4 || image >= shape[0] || shape[1] != channels || shape[2] != grid || shape[3] != grid || noise.Type != ArrayElementType.Float32)
        {
            throw new KarlFormatException($"Recording '{Name}': '{NoiseKey}' is {noise}; float32 [more than {image}, {channels}, {grid}, {grid}] was expected for image {image} and this model.");
        }

        var length = channels * grid * grid;
        return noise.AsSpan<float>().Slice(image * length, length).ToArray();
    }

    /// <summary>Refuses what cannot have been recorded from the model's architecture or of these images, before anything is run.</summary>
    /// <exception cref="KarlFormatException">Says what does not fit.</exception>
    public void CheckFits(Bundle bundle, string imagesName, long imageCount)
    {
        var manifest = bundle.Manifest;
        Refuse(key => key.Latent == LatentChoice.None == (manifest.Base == "vae"), $"was recorded over a {(manifest.Base == "vae" ? "VQGAN" : "VAE")}; bundle '{bundle.Name}' is over a {(manifest.Base == "vae" ? "VAE" : "VQGAN")}");
        Refuse(key => !manifest.Quantized && key.Quantity.Name is "indices" or "indices_margin" or "latents_quantized", $"was recorded with quantized latents; those of bundle '{bundle.Name}' are continuous");
        Refuse(key => manifest.Base == "vae" && key.Quantity.Name is "logits" or "logits_lse" or "logits_argmax" or "gt_indices" or "gt_indices_margin", $"was recorded over a VQGAN; bundle '{bundle.Name}' is over a VAE");
        Refuse(key => manifest.Base != "vae" && key.Quantity.Name is "posterior_mean" or "posterior_logvar", $"was recorded over a VAE; bundle '{bundle.Name}' is over a VQGAN");
        Refuse(key => key.Run?.Budget > manifest.MaximumBudget, $"was recorded with a larger budget than the {manifest.MaximumBudget} tokens of bundle '{bundle.Name}'");
        Refuse(key => key.Image >= imageCount, $"was recorded of an image that '{imagesName}' does not have: it holds {imageCount}");
        if (_known.Any(key => key.Latent == LatentChoice.Sample) && !_archive.Contains(NoiseKey))
        {
            throw new KarlFormatException($"Recording '{Name}': holds samples of a posterior but no '{NoiseKey}', without which they cannot be made again.");
        }

        void Refuse(Func<RecordedKey, bool> isWrong, string reason)
        {
            if (_known.FirstOrDefault(isWrong) is RecordedKey key)
            {
                throw new KarlFormatException($"Recording '{Name}': '{key.Text}' {reason}.");
            }
        }
    }

    public void Dispose() => _archive.Dispose();

    private void RefuseOthers()
    {
        var family = Keys.Any(key => AlitKey().IsMatch(key)) ? "It looks like one of ALIT."
            : Keys.Any(key => OneDPieceKey().IsMatch(key)) ? "It looks like one of One-D-Piece."
            : _known.Count == 0 ? Keys.Count == 0 ? "It is empty." : $"Its keys are such as '{Printable.Shorten(Keys[0])}'."
            : null;
        if (family is not null)
        {
            throw new KarlFormatException($"'{Name}' is no recording of KARL. {family} Keys such as 'img0.b32.q0.05.halt_logit' were expected.");
        }
    }

    [GeneratedRegex(@"\Aimg[0-9]+\.(none|det|u)\.")]
    private static partial Regex AlitKey();

    [GeneratedRegex(@"\Aimg[0-9]+\.(z\z|z_quantized\z|len[0-9]+\.)")]
    private static partial Regex OneDPieceKey();
}
