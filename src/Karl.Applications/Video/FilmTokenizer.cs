using System.Runtime.CompilerServices;
using Karl.Applications.Video.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Metrics;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Video;

/// <summary>Frames into tokens, those that hardly differ from the last kept one left out where that is asked for.</summary>
public static class FilmTokenizer
{
    private const int AtOnce = 16;

    /// <summary>Tokenizes frames as they come. Memory is that of a few frames.</summary>
    /// <param name="tokenizer">The model; its decoder is needed to skip frames.</param>
    /// <param name="frames">Frames of the model's size, as <see cref="FrameSource.ReadAsync"/> gives them.</param>
    /// <param name="options">How; null is the defaults, which skip none.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <returns>One result a frame, in their order.</returns>
    /// <exception cref="ArgumentException">The options cannot be.</exception>
    public static IAsyncEnumerable<FrameTokens> TokenizeAsync(ImageTokenizer tokenizer, IAsyncEnumerable<Frame> frames, FilmOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(frames);
        options ??= new FilmOptions();
        if (options.SkipError is double error && !(error >= 0 && double.IsFinite(error)))
        {
            throw new ArgumentException(FormattableString.Invariant($"SkipError is {error}; a finite number of at least 0 was expected."), nameof(options));
        }

        return options.SkipError is double skip ? SkippingAsync(tokenizer, frames, options, skip, cancellationToken) : EachAsync(tokenizer, frames, options, cancellationToken);
    }

    private static async IAsyncEnumerable<FrameTokens> EachAsync(ImageTokenizer tokenizer, IAsyncEnumerable<Frame> frames, FilmOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChangeMeter changes = new(options.SceneChange);
        await foreach (Frame[] some in frames.Chunk(AtOnce).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            Frame[] sound = [.. some.Where(frame => frame.Image is not null)];
            int values = tokenizer.ImageSize * tokenizer.ImageSize * RgbImage.Channels, next = 0;
            float[] pixels = new float[sound.Length * values];
            for (int index = 0; index < sound.Length; index++)
            {
                PlanarPixels.FromImage(sound[index].Image!, pixels.AsSpan(index * values, values));
            }

            TokenSequence[] tokens = tokenizer.Encode(pixels, options.Tokenizing, cancellationToken);
            foreach (Frame frame in some)
            {
                (double change, bool begins) = changes.Next(frame.Image);
                yield return new FrameTokens(frame, frame.Image is null ? null : tokens[next++], frame.Number, null, change, begins);
            }
        }
    }

    private static async IAsyncEnumerable<FrameTokens> SkippingAsync(
        ImageTokenizer tokenizer, IAsyncEnumerable<Frame> frames, FilmOptions options, double skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ChangeMeter changes = new(options.SceneChange);
        int values = tokenizer.ImageSize * tokenizer.ImageSize * RgbImage.Channels;
        float[] pixels = new float[values], kept = new float[values];
        (TokenSequence Tokens, int Number)? last = null;
        await foreach (Frame frame in frames.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            (double change, bool begins) = changes.Next(frame.Image);
            if (frame.Image is null)
            {
                yield return new FrameTokens(frame, null, frame.Number, null, change, begins);
                continue;
            }

            PlanarPixels.FromImage(frame.Image, pixels);
            double error = last is null ? double.PositiveInfinity : ImageMetrics.MeanAbsoluteError(pixels, kept);
            if (error > skip)
            {
                last = (tokenizer.EncodeAndDecode(pixels, kept, options.Tokenizing, cancellationToken)[0], frame.Number);
                error = ImageMetrics.MeanAbsoluteError(pixels, kept);
            }

            yield return new FrameTokens(frame, last!.Value.Tokens, last.Value.Number, error, change, begins);
        }
    }
}
