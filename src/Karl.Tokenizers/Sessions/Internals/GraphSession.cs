using Microsoft.ML.OnnxRuntime;

namespace Karl.Tokenizers.Sessions.Internals;

/// <summary>One loaded graph. Runs on caller's buffers; safe to use from several threads.</summary>
internal sealed class GraphSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _name;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    public GraphSession(InferenceSession session, string name, GraphContract contract)
    {
        _session = session;
        _name = name;
        _inputNames = [.. contract.Inputs.Select(input => input.Name)];
        HasOptionalOutputs = contract.OptionalOutputs.Length > 0 && contract.OptionalOutputs.All(output => session.OutputMetadata.ContainsKey(output.Name));
        _outputNames = [.. contract.Outputs.Concat(HasOptionalOutputs ? contract.OptionalOutputs : []).Select(output => output.Name)];
    }

    /// <summary>Whether the graph gives all that the contract names as optional.</summary>
    public bool HasOptionalOutputs { get; }

    /// <summary>Lengths of an input; -1 where they are free.</summary>
    public int[] InputDimensions(string name) => _session.InputMetadata[name].Dimensions;

    /// <summary>Lengths of an output; -1 where they are free.</summary>
    public int[] OutputDimensions(string name) => _session.OutputMetadata[name].Dimensions;

    /// <summary>Runs the graph from <paramref name="inputs"/> into <paramref name="outputs"/>, both in the order of the contract; the last ones may be left out, and the optional ones come after them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, also in the middle of the run.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime failed; says in which part and why.</exception>
    public void Run(IReadOnlyCollection<OrtValue> inputs, IReadOnlyCollection<OrtValue> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using RunOptions options = new();
        using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, options);
        try
        {
            _session.Run(options, _inputNames, inputs, _outputNames[..outputs.Count], outputs);
        }
        catch (OnnxRuntimeException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"{_name} failed while running: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    public void Dispose() => _session.Dispose();
}
