using Karl.Graphs;
using Karl.Networks;

namespace Karl.Training.Steps.Internals;

/// <summary>Once through KARL, from 2D tokens to what the base decoder is given.</summary>
internal sealed class KarlPass : TokenPass
{
    /// <summary>Adds the nodes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="imageTokens">2D tokens, <c>[batch, grid * grid, width]</c>.</param>
    /// <param name="errorBin">The bin of the error asked for, int64 <c>[batch, 1]</c>.</param>
    /// <param name="budget">How many latent tokens, int64 <c>[1]</c>.</param>
    /// <param name="halts">Whether the decoder goes without halted tokens.</param>
    /// <param name="quantization">How far the decoder is given codes in place of latents, 0 to 1, a single number; null for codes alone.</param>
    public KarlPass(KarlArchitecture architecture, Tensor imageTokens, Tensor errorBin, Tensor budget, bool halts, Tensor? quantization = null)
        : this(architecture, Encoded.Of(architecture, imageTokens, errorBin, budget, halts), errorBin, budget, quantization)
    {
    }

    private KarlPass(KarlArchitecture architecture, Encoded encoded, Tensor errorBin, Tensor budget, Tensor? quantization)
        : base(
            architecture,
            encoded.Latents,
            given => KarlDecoder.Prediction(architecture, KarlDecoder.ImageTokens(architecture, given, rows => rows.First(0, budget), encoded.Halted)),
            quantization)
    {
        (ErrorBin, HaltingLogits, Halted) = (errorBin, encoded.HaltingLogits, encoded.Halted);
    }

    /// <summary>The bin of the error asked for, int64 <c>[batch, 1]</c>.</summary>
    public Tensor ErrorBin { get; }

    /// <summary><c>[batch, budget]</c>.</summary>
    public Tensor HaltingLogits { get; }

    /// <summary>1 where a token is halted, 0 elsewhere, <c>[batch, budget]</c>; null where none are.</summary>
    public Tensor? Halted { get; }

    /// <summary>What the encoder gives.</summary>
    private sealed record Encoded(Tensor Latents, Tensor HaltingLogits, Tensor? Halted)
    {
        public static Encoded Of(KarlArchitecture architecture, Tensor imageTokens, Tensor errorBin, Tensor budget, bool halts)
        {
            var outputs = KarlEncoder.LatentOutputs(architecture, imageTokens, errorBin, budget);
            var logits = KarlEncoder.HaltingLogits(architecture, outputs);
            return new(KarlEncoder.Latents(architecture, outputs), logits, halts ? logits.Sigmoid().Greater(architecture.HaltingThreshold).Cast(ElementType.Float32) : null);
        }
    }
}
