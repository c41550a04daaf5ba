using System.Collections.Immutable;
using Karl.Applications.Internals;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Complexity;

/// <summary>Measures how complex images are, by the tokens that they need and by what a small and a full budget leave of them.</summary>
public static class ComplexityMeter
{
    private const int JpegQuality = 75;

    /// <summary>Measures images; what is kept of each is a few numbers, and pixels only of some at a time.</summary>
    /// <param name="tokenizer">A model with both halves.</param>
    /// <param name="paths">Image files; enumerated as they are needed.</param>
    /// <param name="options">How; null is the defaults.</param>
    /// <param name="name">What the report calls the model; null is a description of it.</param>
    /// <param name="progress">Hears of each image, those that cannot be read as well.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run.</param>
    /// <exception cref="ArgumentException">The options cannot be; all problems are listed.</exception>
    /// <exception cref="InvalidOperationException">Half of the model is not loaded.</exception>
    public static ComplexityReport Measure(
        ImageTokenizer tokenizer, IEnumerable<string> paths, ComplexityOptions? options = null, string? name = null, Action<ImageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(paths);
        ComplexitySettings settings = (options ?? new ComplexityOptions()).Resolve(tokenizer.Manifest);
        ImmutableArray<ImageComplexity>.Builder images = ImmutableArray.CreateBuilder<ImageComplexity>();
        int broken = 0;
        foreach (ImageBatch batch in ImageBatch.Read(tokenizer, paths, Unreadable, cancellationToken))
        {
            foreach (ImageComplexity image in Measure(batch, settings))
            {
                images.Add(image);
                progress?.Invoke(new ImageProgress(image.Path, null));
            }
        }

        return new ComplexityReport(name ?? tokenizer.ToString(), tokenizer.Manifest, settings, images.ToImmutable(), broken);

        void Unreadable(ImageProgress image)
        {
            broken++;
            progress?.Invoke(image);
        }
    }

    private static ImageComplexity[] Measure(ImageBatch batch, ComplexitySettings settings)
    {
        TokenSequence[] tokens = batch.RoundTrip(new TokenizeOptions { Epsilon = settings.Epsilon, Budget = settings.Budget }, out double[] errors);
        batch.RoundTrip(TokenizeOptions.Exactly(settings.SmallBudget), out double[] small);
        batch.RoundTrip(TokenizeOptions.Exactly(settings.Budget), out double[] full);
        ImageComplexity[] images = new ImageComplexity[tokens.Length];
        batch.InParallel(index =>
        {
            int bytes = ImageWriter.EncodeJpeg(batch.Images[index], JpegQuality).Length;
            ImageComplexity image = new(batch.Paths[index], tokens[index].Count, tokens[index].Bits, errors[index], small[index], full[index], bytes, default);
            images[index] = image with { Reading = Read(image, settings) };
        });
        return images;
    }

    private static ComplexityReading Read(ImageComplexity image, ComplexitySettings settings) =>
        image.SmallError <= settings.Epsilon ? ComplexityReading.Simple
        : image.GainShare < settings.NoiseShare ? ComplexityReading.Noise
        : image.GainShare <= settings.RedundantShare ? ComplexityReading.Structure
        : ComplexityReading.RedundantStructure;
}
