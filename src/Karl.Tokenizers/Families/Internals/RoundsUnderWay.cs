using System.Buffers;
using Karl.Tokenizers.Bundles;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;
using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Families.Internals;

/// <summary>The images of a batch that need more rounds, and what the last round left of them.</summary>
internal sealed class RoundsUnderWay : IDisposable
{
    private readonly BundleManifest _manifest;
    private readonly DecoderRunner _decoder;
    private readonly HaltedImageTokens _halting;
    private readonly float[] _halted;

    /// <param name="manifest">What the bundle says about itself.</param>
    /// <param name="decoder">What rounds are decoded with.</param>
    /// <param name="count">Images of the batch.</param>
    /// <param name="halting">Decides which 2D tokens are done with.</param>
    public RoundsUnderWay(BundleManifest manifest, DecoderRunner decoder, int count, HaltedImageTokens halting)
    {
        (_manifest, _decoder, _halting) = (manifest, decoder, halting);
        Images = [.. Enumerable.Range(0, count)];
        Sequences = new CarriedSequences(count, 1 + manifest.ImageTokens, manifest.Encoder.Width);
        _halted = new float[count * manifest.ImageTokens];
        BaseCodes = manifest.Base == "vqgan" ? new long[count * manifest.ImageTokens] : [];
    }

    /// <summary>Numbers, in the batch, of the images under way, ascending.</summary>
    public List<int> Images { get; private set; }

    /// <summary>Rounds that have been run.</summary>
    public int Round { get; private set; }

    /// <summary>Runs so far, for each image that is under way.</summary>
    public ModelRuns Runs { get; private set; }

    /// <summary>What the next round starts from.</summary>
    public CarriedSequences Sequences { get; private set; }

    /// <summary>The true base code of each 2D token of all images of the batch, <c>[count, 2D tokens]</c>; empty over a VAE.</summary>
    public long[] BaseCodes { get; }

    /// <summary>Whether 2D tokens are halted between rounds.</summary>
    public bool Halts => _halting.AreWanted;

    /// <summary>Which 2D tokens are halted, <c>[images, 2D tokens]</c>; whoever asks for it disposes it.</summary>
    public OrtValue HaltedToValue() =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _halted.AsMemory(0, Images.Count * _manifest.ImageTokens), [Images.Count, _manifest.ImageTokens]);

    /// <summary>Takes over what a round gave.</summary>
    public void Advance(CarriedSequences next)
    {
        Sequences.Dispose();
        Sequences = next;
        Round++;
        Runs += new ModelRuns(Encoder: 1, Decoder: 0);
    }

    /// <summary>Decodes the round's tokens, and decides by what comes out which 2D tokens are halted.</summary>
    /// <param name="tokens">One sequence for each image under way.</param>
    /// <param name="pixels">Receives <c>[images, 3, size, size]</c>.</param>
    /// <param name="halts">False after the last round, when nobody asks any more.</param>
    /// <param name="cancellationToken">Stops in the middle of the run.</param>
    public void Decode(TokenSequence[] tokens, Span<float> pixels, bool halts, CancellationToken cancellationToken)
    {
        Runs += new ModelRuns(Encoder: 0, Decoder: 1);
        pixels = pixels[..(tokens.Length * _decoder.ValuesPerImage)];
        if (!Halts || !halts)
        {
            _decoder.Run(tokens, pixels, cancellationToken);
            return;
        }

        int imageTokens = _manifest.ImageTokens, values = imageTokens * _decoder.BaseCodes;
        float[] probabilities = ArrayPool<float>.Shared.Rent(tokens.Length * values);
        try
        {
            _decoder.RunTogether(tokens, pixels, probabilities.AsSpan(0, tokens.Length * values), cancellationToken);
            for (int place = 0; place < tokens.Length; place++)
            {
                _halting.Decide(
                    Round - 1,
                    probabilities.AsSpan(place * values, values),
                    BaseCodes.AsSpan(Images[place] * imageTokens, imageTokens),
                    _halted.AsSpan(place * imageTokens, imageTokens));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(probabilities);
        }
    }

    /// <summary>Lets the images go that are done.</summary>
    /// <param name="places">Places in <see cref="Images"/> of those that stay, ascending.</param>
    public void Keep(IReadOnlyList<int> places)
    {
        if (places.Count == Images.Count)
        {
            return;
        }

        int imageTokens = _manifest.ImageTokens;
        Sequences.Keep(places);
        for (int index = 0; index < places.Count; index++)
        {
            _halted.AsSpan(places[index] * imageTokens, imageTokens).CopyTo(_halted.AsSpan(index * imageTokens));
        }

        Images = [.. places.Select(place => Images[place])];
    }

    public void Dispose() => Sequences.Dispose();
}
