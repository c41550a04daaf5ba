using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;
using Karl.Tokenizers.Bundles;

namespace Karl.Export.Verification.Internals.Alit;

/// <summary>A recording of ALIT: its keys understood, its arrays read when they are needed.</summary>
internal sealed class AlitRecording
{
    private const string CoinsKey = "u", NoiseKey = "noise", ThresholdsEnding = ".minlen_thresholds";
    private readonly NpzArchive _archive;
    private readonly List<AlitKey> _known = [];
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <param name="archive">The opened file; still the caller's.</param>
    /// <param name="name">How messages call it.</param>
    public AlitRecording(NpzArchive archive, string name)
    {
        (_archive, Name) = (archive, name);
        foreach (var text in archive.Keys)
        {
            if (AlitKey.TryParse(text, out var key)) _known.Add(key);
            else if (text is not (CoinsKey or NoiseKey) && !text.EndsWith(ThresholdsEnding, StringComparison.Ordinal)) _unknown.Add(text);
        }
    }

    /// <summary>How messages call it: its file name.</summary>
    public string Name { get; }

    /// <summary>All keys, in the file's order.</summary>
    public IReadOnlyList<string> Keys => _archive.Keys;

    /// <summary>What was understood.</summary>
    public IReadOnlyList<AlitKey> Known => _known;

    /// <summary>Whether nobody knows what a key means.</summary>
    public bool IsUnknown(string key) => _unknown.Contains(key);

    /// <summary>What has to be run, image by image, each with its keys; the first run of an image also has what depends on the image alone.</summary>
    public IReadOnlyList<(AlitRunKey Run, IReadOnlyList<AlitKey> Keys)> Runs()
    {
        var runs = new List<(AlitRunKey, IReadOnlyList<AlitKey>)>();
        foreach (var image in _known.GroupBy(key => key.Run.Image).OrderBy(group => group.Key))
        {
            var ofImage = image.Where(key => !key.Quantity.IsPerRun).ToLookup(key => key.Run.Latent);
            var perRun = image.Where(key => key.Quantity.IsPerRun).GroupBy(key => key.Run).ToDictionary(run => run.Key, run => run.ToList());
            foreach (var group in ofImage)
            {
                var run = perRun.Keys.Where(key => key.Latent == group.Key).OrderBy(key => key.Halting).Cast<AlitRunKey?>().FirstOrDefault()
                    ?? new AlitRunKey(image.Key, RecordedHalting.None, group.Key);
                if (perRun.TryGetValue(run, out var keys)) keys.AddRange(group);
                else perRun.Add(run, [.. group]);
            }
            runs.AddRange(perRun.OrderBy(run => run.Key.Latent).ThenBy(run => run.Key.Halting).Select(run => (run.Key, (IReadOnlyList<AlitKey>)run.Value)));
        }
        return runs;
    }

    /// <summary>The values under a key.</summary>
    /// <exception cref="KarlFormatException">They are damaged.</exception>
    public Numbers Read(AlitKey key) => Numbers.From(_archive[key.Text]);

    /// <summary>The errors that shortest lengths were looked for, beside the key that holds what was found; null where they were not recorded.</summary>
    public Numbers? Thresholds(AlitKey key) =>
        _archive.TryRead(key.Text[..key.Text.LastIndexOf('.')] + ThresholdsEnding, out var thresholds) ? Numbers.From(thresholds) : null;

    /// <summary>The numbers that were tossed for an image, <c>[rounds, 2D tokens]</c>, each against one probability.</summary>
    /// <exception cref="KarlFormatException">There are none, or of another shape.</exception>
    public Numbers Coins(int image, BundleManifest manifest)
    {
        if (!_archive.TryRead(CoinsKey, out var coins)) throw new KarlFormatException($"Recording '{Name}': holds runs with tossed halting but no '{CoinsKey}', without which they cannot be made again.");
        long[] shape = [.. coins.Shape];
        var rounds = manifest.MaximumBudget / manifest.BudgetStep!.Value;
        if (shape is not [var images, var recordedRounds, var tokens] || image >= images || recordedRounds != rounds || tokens != manifest.ImageTokens)
        {
            throw new KarlFormatException($"Recording '{Name}': '{CoinsKey}' is {coins}; [more than {image}, {rounds}, {manifest.ImageTokens}] was expected for image {image} and this model.");
        }
        var all = Numbers.From(coins);
        return new Numbers(all.At(image).ToArray(), shape[1..]);
    }

    /// <summary>The noise that an image's sample was made with, <c>[channels, grid, grid]</c>.</summary>
    /// <exception cref="KarlFormatException">There is none, or of another shape.</exception>
    public float[] Noise(int image, int channels, int grid) => RecordedNoise.Read(_archive, Name, image, channels, grid);

    /// <summary>Refuses what cannot have been recorded from the model's architecture or of these images, before anything is run.</summary>
    /// <exception cref="KarlFormatException">Says what does not fit.</exception>
    public void CheckFits(Bundle bundle, RecordedImages images)
    {
        var manifest = bundle.Manifest;
        if (_known.Count == 0) throw new KarlFormatException($"'{Name}' is no recording of ALIT; keys such as 'img0.none.it0.indices' were expected.");
        var rounds = manifest.MaximumBudget / manifest.BudgetStep!.Value;
        Refuse(key => key.Run.Image >= images.Count, $"was recorded of an image that '{images.Name}' does not have: it holds {images.Count}");
        Refuse(key => key.Round >= rounds, $"was recorded in a later round than the {rounds} that bundle '{bundle.Name}' has");
        Refuse(key => !manifest.Quantized && key.Quantity.Name is "indices" or "indices_margin" or "latents_quantized", $"was recorded with quantized latents; those of bundle '{bundle.Name}' are continuous");
        Refuse(key => manifest.Base == "vae" && key.Quantity.Name is "logits" or "logits_lse" or "gt_indices" or "pred_gt_prob", $"was recorded over a VQGAN; bundle '{bundle.Name}' is over a VAE");
        Refuse(key => manifest.Base != "vae" && key.Quantity.Name is "posterior_mean" or "posterior_logvar" or "code_err", $"was recorded over a VAE; bundle '{bundle.Name}' is over a VQGAN");
        Refuse(key => manifest.Base != "vae" && key.Run.Latent == LatentChoice.Sample, $"is a sample of a VAE's posterior; bundle '{bundle.Name}' is over a VQGAN");

        void Refuse(Func<AlitKey, bool> isWrong, string reason)
        {
            if (_known.FirstOrDefault(isWrong) is { } key) throw new KarlFormatException($"Recording '{Name}': '{key.Text}' {reason}.");
        }
    }
}
