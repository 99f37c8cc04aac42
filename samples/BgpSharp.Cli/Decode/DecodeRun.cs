using BgpSharp.Cli.Decode.Capture;
using BgpSharp.Cli.Decode.Hex;
using BgpSharp.Cli.Decode.Input;
using BgpSharp.Cli.Decode.Json;
using BgpSharp.Cli.Decode.Messages;
using BgpSharp.Cli.Decode.Mrt;
using BgpSharp.Cli.Decode.Text;

namespace BgpSharp.Cli.Decode;

/// <summary>One run of <c>bgpsharp decode</c>, from opening the file to the exit code.</summary>
internal sealed class DecodeRun(DecodeOptions options, StandardStreams streams, TextWriter errors)
{
    private readonly Complaints _complaints = new();
    private IMessagePrinter? _printer;
    private ProgressLine? _progress;

    private string Name => options.File == "-" ? "standard input" : options.File;

    public int Run(CancellationToken stopping)
    {
        try
        {
            var remark = DecodeAll(stopping);
            Flush();
            if (_complaints.Any)
            {
                Say($"{_complaints}");
            }
            else if (remark is not null)
            {
                Say(remark);
            }

            return _complaints.Any ? ExitCode.Failed : ExitCode.Fine;
        }
        catch (ReaderGoneException)
        {
            return ExitCode.Fine;
        }
        finally
        {
            _progress?.Clear();
        }
    }

    private string? DecodeAll(CancellationToken stopping)
    {
        try
        {
            return Decode(stopping);
        }
        catch (CorruptInputException exception)
        {
            _complaints.Add(exception.Offset, exception.Message);
            return null;
        }
    }

    private string? Decode(CancellationToken stopping)
    {
        using var input = InputFile.Open(OpenFile(stopping));
        if (input.Kind == InputKind.Empty)
        {
            // Reading on tells whether it is empty, or could not be decompressed.
            input.Content.CopyTo(Stream.Null);
            return null;
        }

        if (options.Form == OutputForm.Bgpdump && input.Kind != InputKind.Unknown)
        {
            return input.Kind == InputKind.Mrt
                ? new BgpdumpDecoder(streams.Output).Decode(input.Content, _complaints, stopping)
                : throw new UsageException($"--bgpdump is given, and {Name} is {(input.Kind == InputKind.Hex ? "hex text" : "a packet capture")}; allowed: MRT");
        }

        using var json = options.Form == OutputForm.Json ? new JsonPrinter(streams.Output) : null;
        _printer = json is null ? new TextPrinter(new StreamWriter(streams.Output, leaveOpen: true)) : json;
        return Decoder(input.Kind, _printer).Decode(input.Content, _complaints, stopping);
    }

    private IInputDecoder Decoder(InputKind kind, IMessagePrinter printer) => kind switch
    {
        // A line of hex is from an external peer unless --ibgp says otherwise: it has no OPENs to tell.
        InputKind.Hex => new HexDecoder(printer, options.Hints with { IsInternal = options.Hints.IsInternal ?? false }),
        InputKind.Pcap => new CaptureDecoder(printer, options.Hints, options.Ports, content => new PcapReader(content)),
        InputKind.PcapNg => new CaptureDecoder(printer, options.Hints, options.Ports, content => new PcapNgReader(content)),
        InputKind.Mrt => new MrtDecoder(printer, options.Hints),
        _ => throw new CorruptInputException(0, "neither hex text nor MRT nor a packet capture"),
    };

    private MeteredStream OpenFile(CancellationToken stopping)
    {
        if (options.File == "-")
        {
            return new MeteredStream(streams.Input, _ => BeforeWaiting(stopping));
        }

        if (Directory.Exists(options.File))
        {
            throw new IOException($"cannot read {Name}: it is a directory");
        }

        FileStream file;
        try
        {
            file = new FileStream(options.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"cannot read {Name}: {exception.Message}", exception);
        }

        // A FIFO has no length; whoever writes to it may wait for an answer.
        if (!file.CanSeek)
        {
            return new MeteredStream(file, _ => BeforeWaiting(stopping));
        }

        if (streams.IsProgressWanted && file.Length >= ProgressLine.LongInput)
        {
            _progress = new ProgressLine(errors, file.Length, TimeProvider.System);
        }

        return new MeteredStream(file, read =>
        {
            stopping.ThrowIfCancellationRequested();
            _progress?.Report(read);
        });
    }

    // What was decoded is for whoever reads the output now, not when the next octets come.
    private void BeforeWaiting(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        Flush();
    }

    private void Flush()
    {
        _printer?.Flush();
        streams.Output.Flush();
    }

    private void Say(string what)
    {
        _progress?.Clear();
        errors.WriteLine($"bgpsharp: {Name}: {what}");
    }
}
