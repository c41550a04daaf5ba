using Karl.Tokenizers.Families.Internals;
using Karl.Tokenizers.Tokenization;
using Karl.Tokenizers.Tokenization.Internals;

namespace Karl.Tokenizers;

public sealed partial class ImageTokenizer
{
    /// <summary>Tokenizes any number of image files: reading and resizing overlap with the model, and memory stays bounded.</summary>
    /// <param name="paths">Image files; enumerated as they are needed, so the list may be endless.</param>
    /// <param name="options">How, for all; null is <see cref="TokenizeOptions"/>' defaults.</param>
    /// <param name="cancellationToken">Stops, also in the middle of a run. Leaving the enumeration stops as well.</param>
    /// <returns>One result a file, in their order. A file that cannot be read gives a result with <see cref="TokenizedImage.Error"/>, and the rest goes on.</returns>
    /// <exception cref="ArgumentException">The options cannot be; thrown at once.</exception>
    public IAsyncEnumerable<TokenizedImage> EncodeFilesAsync(IEnumerable<string> paths, TokenizeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        IImageEncoder encoder = RequireEncoder();
        ResolvedTokenizeOptions resolved = (options ?? new TokenizeOptions()).Resolve(Manifest);
        FilePipeline pipeline = new(
            (path, stop) => PreparedImage.Read(path, _options.ImageDecoder, _preprocessor, stop),
            (pixels, count, results, stop) => encoder.Run(pixels, count, resolved, results, [], stop),
            ValuesPerImage,
            _options.BatchSize,
            _options.PreparationThreads ?? Environment.ProcessorCount);
        return pipeline.RunAsync(paths, cancellationToken);
    }
}
