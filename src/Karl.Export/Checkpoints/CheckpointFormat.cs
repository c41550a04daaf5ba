namespace Karl.Export.Checkpoints;

/// <summary>How a checkpoint is stored; told by its content, never by its extension.</summary>
public enum CheckpointFormat
{
    /// <summary>A zip archive as <c>torch.save</c> writes it since PyTorch 1.6.</summary>
    PyTorch,

    /// <summary>A safetensors file.</summary>
    Safetensors,
}
