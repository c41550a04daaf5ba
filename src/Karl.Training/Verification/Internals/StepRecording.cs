using Karl.Export.Verification.Internals;
using Karl.Networks;
using Karl.Tokenizers;
using Karl.Tokenizers.Arrays;

namespace Karl.Training.Verification.Internals;

/// <summary>A recording of one training step of the original: what it was made with, and arrays that are read when they are needed.</summary>
internal sealed class StepRecording : IDisposable
{
    private const int LargestArray = 1 << 28;
    private const int LargestBatch = 64;
    private const string ImagesKey = "settings.images", BinKey = "settings.phase1_bin", BudgetKey = "settings.phase1_budget", FullBudgetKey = "settings.phase2_budget";
    private readonly NpzArchive _archive;

    private StepRecording(NpzArchive archive, string name)
    {
        _archive = archive;
        Name = name;
        if (!archive.Contains(BudgetKey))
        {
            throw new KarlFormatException($"'{name}' is no recording of a training step: it has no '{BudgetKey}'. Compare recordings of a model with its bundle (.karl) instead of its checkpoint.");
        }
        Images = Integers(ImagesKey, 1, LargestBatch, 0, 1 << 20);
        ErrorBins = Integers(BinKey, Images.Count, Images.Count, 0, 1 << 10);
        Budget = Integers(BudgetKey, 1, 1, 1, 1 << 16)[0];
        FullBudget = Integers(FullBudgetKey, 1, 1, 1, 1 << 16)[0];
    }

    /// <summary>How messages call it: its file name.</summary>
    public string Name { get; }

    /// <summary>All keys, in the file's order.</summary>
    public IReadOnlyList<string> Keys => _archive.Keys;

    /// <summary>Numbers of the images of the batch.</summary>
    public IReadOnlyList<int> Images { get; }

    /// <summary>The error bin that the first pass was given for each image.</summary>
    public IReadOnlyList<int> ErrorBins { get; }

    /// <summary>Tokens of the first pass.</summary>
    public int Budget { get; }

    /// <summary>Tokens of the second pass.</summary>
    public int FullBudget { get; }

    /// <summary>Opens a recording.</summary>
    /// <exception cref="KarlFormatException">It is not an npz file, is damaged, or holds no training step.</exception>
    public static StepRecording Open(string path)
    {
        var archive = NpzArchive.Open(path, LargestArray);
        try
        {
            return new(archive, Path.GetFileName(path));
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <summary>The values under a key.</summary>
    /// <exception cref="KarlFormatException">They are damaged or not there.</exception>
    public Numbers Read(string key) => _archive.TryRead(key, out var array) ? Numbers.From(array) : throw new KarlFormatException($"Recording '{Name}' has no '{key}'.");

    /// <summary>Whether there is such a key.</summary>
    public bool Has(string key) => _archive.Contains(key);

    /// <summary>Refuses what cannot have been recorded from a network.</summary>
    /// <exception cref="KarlFormatException">Says what does not fit.</exception>
    public void CheckFits(KarlArchitecture architecture, string checkpoint)
    {
        var overVae = architecture.Base is VaeArchitecture;
        Refuse(Has("gt_code") && !overVae, $"was recorded over a VAE; '{checkpoint}' is over a VQGAN");
        Refuse(Has("gt_indices") && overVae, $"was recorded over a VQGAN; '{checkpoint}' is over a VAE");
        Refuse(Has("p1.indices") != architecture.Quantized, $"was recorded with {(architecture.Quantized ? "continuous" : "quantized")} latents; those of '{checkpoint}' are {(architecture.Quantized ? "quantized" : "continuous")}");
        Refuse(Math.Max(Budget, FullBudget) > architecture.MaximumLatents, $"was recorded with {Math.Max(Budget, FullBudget)} latent tokens; '{checkpoint}' has {architecture.MaximumLatents}");
        Refuse(ErrorBins.Max() >= architecture.ErrorBins.Count, $"was recorded with error bin {ErrorBins.Max()}; '{checkpoint}' has {architecture.ErrorBins.Count}");

        void Refuse(bool isWrong, string reason)
        {
            if (isWrong) throw new KarlFormatException($"'{Name}' {reason}: take the recording that was made with this checkpoint.");
        }
    }

    public void Dispose() => _archive.Dispose();

    private int[] Integers(string key, int fewest, int most, int smallest, int largest)
    {
        if (_archive.TryRead(key, out var array) && array.Type is not (ArrayElementType.Float16 or ArrayElementType.Float32 or ArrayElementType.Float64) && array.Count >= fewest && array.Count <= most)
        {
            var numbers = array.ToInt64();
            if (numbers.All(number => number >= smallest && number <= largest)) return [.. numbers.Select(number => (int)number)];
        }
        throw new KarlFormatException($"Recording '{Name}': '{key}' is {array?.ToString() ?? "missing"}; {fewest} to {most} whole numbers from {smallest} to {largest} were expected.");
    }
}
