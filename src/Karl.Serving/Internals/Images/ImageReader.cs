using System.Diagnostics;
using Karl.Serving.Internals.Http;
using Karl.Tokenizers;
using Karl.Tokenizers.Imaging;
using Microsoft.AspNetCore.Http;

namespace Karl.Serving.Internals.Images;

/// <summary>Requests into images: as many are decoded at a time as there are processors, so that many large ones do not fill the memory.</summary>
internal sealed class ImageReader(ServingState state) : IDisposable
{
    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);
    private readonly ImageDecoder _decoder = new(new ImageDecoderOptions
    {
        Limits = new ImageLimits { MaximumPixels = state.Options.MaximumPixels, MaximumFileBytes = state.Options.MaximumUploadBytes },
    });

    /// <summary>Reads what a request brings.</summary>
    /// <exception cref="ProblemException">The server is full or stopping, or the upload is not as it should be.</exception>
    public Task<Upload> ReceiveAsync(HttpContext context)
    {
        if (state.IsStopping)
        {
            throw ProblemException.Stopping();
        }

        return state.Queue.IsFull ? throw ProblemException.Busy() : UploadReader.ReadAsync(context, state.Options.MaximumUploadBytes, state.Held);
    }

    /// <summary>Reads and prepares the image of a request.</summary>
    /// <exception cref="ProblemException">It is no image that can be read, or cannot be taken now.</exception>
    public async Task<PreparedImage> ReadAsync(HttpContext context, ServedModel model)
    {
        using Upload upload = await ReceiveAsync(context);
        return await PrepareAsync(upload, model, context.RequestAborted);
    }

    /// <summary>Decodes an upload and brings it to the model's square.</summary>
    /// <exception cref="ProblemException">It is no image that can be read.</exception>
    public async Task<PreparedImage> PrepareAsync(Upload upload, ServedModel model, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            long start = Stopwatch.GetTimestamp();
            ImagePreprocessor preprocessor = model.Tokenizer.Preprocessor;
            RgbImage image = _decoder.Decode(upload.Bytes, upload.Name, cancellationToken);
            float[] pixels = new float[preprocessor.ValueCount];
            preprocessor.Process(image, pixels);
            return new PreparedImage(upload.Name, pixels, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (KarlFormatException exception)
        {
            throw ProblemException.Unprocessable("image", exception.Message, exception);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
