using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>A loaded graph of any kind, of which any output can be asked for, on the processor, optimized as in the product.</summary>
internal sealed class ProbeSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _name;

    /// <summary>Loads a model.</summary>
    /// <exception cref="KarlFormatException">ONNX Runtime does not take it.</exception>
    public ProbeSession(byte[] model, string name, int? threads)
    {
        _name = name;
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads is int count)
        {
            options.IntraOpNumThreads = count;
        }

        try
        {
            _session = new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new KarlFormatException($"{name} cannot be loaded: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    /// <summary>ONNX Runtime's session.</summary>
    public InferenceSession Session => _session;

    /// <summary>Runs the graph once.</summary>
    /// <returns>The outputs asked for, to be disposed.</returns>
    /// <exception cref="OperationCanceledException">Cancelled, also in the middle of the run.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed; says in which part and why.</exception>
    public Dictionary<string, OrtValue> Run(Dictionary<string, OrtValue> inputs, string[] outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using RunOptions options = new();
        using var registration = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            var values = _session.Run(options, inputs, outputs);
            return outputs.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{_name} failed while running: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    public void Dispose() => _session.Dispose();
}
