using Karl.Networks;
using Karl.Training.Steps;

namespace Karl.Training.Runs;

/// <summary>A network and how each phase of its training goes.</summary>
/// <param name="Name">What <c>karl train --preset</c> calls it.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Architecture">The network: a <see cref="KarlArchitecture"/>, <see cref="AlitArchitecture"/> or <see cref="OneDPieceArchitecture"/>.</param>
public sealed record TrainingPreset(string Name, string Summary, ITokenizerArchitecture Architecture)
{
    /// <summary>The base tokenizer, from scratch.</summary>
    public required PhaseOptions Base { get; init; }

    /// <summary>The first stage: the base tokenizer stays as it is.</summary>
    public required PhaseOptions Distillation { get; init; }

    /// <summary>The second stage: everything together, on pixels.</summary>
    public required PhaseOptions Pixels { get; init; }

    /// <summary>
    /// The second stage's last part; null goes without, as published. KARL learns the fewest tokens that reach an error in it, for every error asked
    /// (<see cref="KarlStepOptions.AsksForOtherErrors"/>); other families go on as before.
    /// </summary>
    public PhaseOptions? Finish { get; init; }

    /// <summary>Weights of the base tokenizer's losses.</summary>
    public BaseLossWeights BaseLosses { get; init; } = new();

    /// <summary>
    /// Budgets that are drawn: for KARL's first pass, null being the published 16, 32 ... up to the network's maximum; for One-D-Piece's tail drop, null being every number of tokens. ALIT has
    /// its rounds.
    /// </summary>
    public IReadOnlyList<int>? Budgets { get; init; }

    /// <summary>KARL: the largest error that the first pass is asked for: less than the network reaches.</summary>
    public float LargestFirstError { get; init; } = 0.04f;

    /// <summary>Steps of the distillation in which latents go from continuous to quantized; 0, as published, quantizes from the first.</summary>
    public int QuantizationSteps { get; init; }

    /// <summary>Whether the stages see samples of a VAE's posterior, as published, or its mean. Sampling costs detail where the posterior is wide.</summary>
    public bool SamplesPosterior { get; init; } = true;

    /// <summary>Distillation: how much the squared error of the base tokenizer's features counts. Raise it where features vary little.</summary>
    public double FeatureWeight { get; init; } = 1;

    /// <summary>Second stage: how much the mean absolute error of pixels counts. Raise it where halting outweighs it.</summary>
    public double PixelWeight { get; init; } = 1;

    /// <summary>How much the distance of latents and codes counts.</summary>
    public double QuantizerWeight { get; init; } = 1;

    /// <summary>How much it counts that all codes of latents are used; see <see cref="StepOptions.EntropyWeight"/>.</summary>
    public double EntropyWeight { get; init; }

    /// <summary>KARL: whether the smallest budget is also asked for larger errors than it reaches; see <see cref="KarlStepOptions.AsksForLargerErrors"/>.</summary>
    public bool AsksForLargerErrors { get; init; }

    /// <summary>ALIT: whether steps of the distillation have the losses of one round, by turns, in place of all; see <see cref="AlitStepOptions.DistilsOneRound"/>.</summary>
    public bool DistilsOneRound { get; init; }

    /// <summary>The error that the model is asked for where none is given; null for the published 0.05.</summary>
    public float? DefaultEpsilon { get; init; }

    /// <summary>KARL: the halting threshold that the model gets; null for the one that it is trained with. After a last phase it says how sure it must be that fewer tokens do: raise it to keep to what is asked more often, lower it for fewer tokens.</summary>
    public float? HaltingThreshold { get; init; }

    /// <summary>Smallest share of an image's area that a crop takes. Lower it for more variety from few images.</summary>
    public double SmallestCrop { get; init; } = 0.8;

    /// <summary>Every preset.</summary>
    public static IReadOnlyList<TrainingPreset> All { get; } = [Small64(), Small64Alit(), Small64OneDPiece(), Try()];

    /// <summary>Finds a preset.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that exist.</exception>
    public static TrainingPreset Get(string name) => All.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"There is no training preset '{name}'. Choose one of: {string.Join(", ", All.Select(preset => preset.Name))}.", nameof(name));

    private static VaeArchitecture SmallVae => new() { Channels = 16, ChannelMultipliers = [1, 2, 4, 8], BlocksPerLevel = 1, NormalizationGroups = 4, LatentScale = 1 };

    private static TransformerSize SmallTransformer => new(128, 4, 4);

    /// <summary>The model that comes with the library; what each number is for is in docs/default-model.md.</summary>
    private static TrainingPreset Small64()
    {
        var architecture = new KarlArchitecture(SmallVae, SmallTransformer, SmallTransformer) { ImageSize = 64, MaximumLatents = 64, PositionGrid = 8, LatentCodebookSize = 1024, HaltingHidden = 128 };
        return new("small-64", "64 x 64 pixels, up to 64 tokens of 10 bits, for a processor of a few cores", architecture)
        {
            Base = new() { Steps = 1000, LearningRate = 2e-3, WarmupSteps = 50, AverageDecay = 0.995 },
            Distillation = new() { Steps = 5000, BatchSize = 16, LearningRate = 1e-3, WarmupSteps = 50, AverageDecay = 0.998 },
            Pixels = new() { Steps = 1500, BatchSize = 16, LearningRate = 5e-4, WarmupSteps = 20, AverageDecay = 0.998 },
            Finish = new() { Steps = 1500, BatchSize = 16, LearningRate = 4e-4, WarmupSteps = 20, AverageDecay = 0.99, FadedShare = 0.12, NoisyShare = 0.12 },
            BaseLosses = new() { Divergence = 1e-5f },
            Budgets = [1, 2, 4, 6, 8, 12, 16, 24, 32, 40, 48, 56, 64, 64, 64, 64],
            LargestFirstError = 0.07f,
            AsksForLargerErrors = true,
            SamplesPosterior = false,
            FeatureWeight = 10,
            PixelWeight = 5,
            QuantizationSteps = 1500,
            EntropyWeight = 0.1,
            SmallestCrop = 0.4,
            DefaultEpsilon = 0.12f,
            HaltingThreshold = 0.9f,
        };
    }

    /// <summary>ALIT over the same base tokenizer, trained with the same numbers, as far as it has them.</summary>
    private static TrainingPreset Small64Alit() => Small64() with
    {
        Name = "small-64-alit",
        Summary = "ALIT as large as small-64, up to 8 rounds of 8 tokens",
        Architecture = new AlitArchitecture(SmallVae, SmallTransformer, SmallTransformer) { ImageSize = 64, LatentsPerRound = 8, Rounds = 8, LatentCodebookSize = 1024 },
    };

    /// <summary>One-D-Piece over the same base tokenizer, trained with the same numbers, as far as it has them.</summary>
    private static TrainingPreset Small64OneDPiece() => Small64() with
    {
        Name = "small-64-one-d-piece",
        Summary = "One-D-Piece as large as small-64, up to 64 tokens",
        Architecture = new OneDPieceArchitecture(SmallVae, SmallTransformer, SmallTransformer) { ImageSize = 64, MaximumLatents = 64, LatentCodebookSize = 1024, MixesLatents = false },
    };

    /// <summary>As small as a network can be and still show everything: for tests and first tries.</summary>
    private static TrainingPreset Try()
    {
        var vqgan = new VqganArchitecture { Channels = 32, ChannelMultipliers = [1, 1, 1], BlocksPerLevel = 1, CodebookSize = 64, CodeWidth = 8 };
        var architecture = new KarlArchitecture(vqgan, new(32, 1, 2), new(32, 1, 2)) { ImageSize = 16, MaximumLatents = 16, PositionGrid = 4, LatentCodebookSize = 64, HaltingHidden = 16 };
        return new("try", "16 x 16 pixels: learns next to nothing, in a minute", architecture)
        {
            Base = new() { Steps = 60, BatchSize = 8, LearningRate = 1e-3, WarmupSteps = 10 },
            Distillation = new() { Steps = 60, BatchSize = 8, LearningRate = 1e-3, WarmupSteps = 10 },
            Pixels = new() { Steps = 30, BatchSize = 8, LearningRate = 5e-4, WarmupSteps = 10 },
            Budgets = [4, 8, 12, 16],
        };
    }
}
