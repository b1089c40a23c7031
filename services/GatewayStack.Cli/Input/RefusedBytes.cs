using System.Text;

namespace GatewayStack.Cli.Input;

/// <summary>Refuses an input that has bytes which are none of its encoding.</summary>
/// <param name="message">What is said of it.</param>
internal sealed class RefusedBytes(string message) : DecoderFallback
{
    public override int MaxCharCount => 0;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(message);

    private sealed class Buffer(string message) : DecoderFallbackBuffer
    {
        public override int Remaining => 0;

        public override bool Fallback(byte[] bytesUnknown, int index) => throw new CommandException(ExitCodes.BadInput, message);

        public override char GetNextChar() => '\0';

        public override bool MovePrevious() => false;
    }
}
