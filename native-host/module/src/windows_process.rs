//! The helper process as the host starts it on Windows, and its end of the conversation.
//!
//! Requests arrive on standard input. Replies go over a pipe whose inherited handle is the second argument:
//! standard output belongs to what a module prints, which leads nowhere.
#![expect(unsafe_code, reason = "jobs and inherited handles have no safe interface")]

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, PipeReader, Read, Write};
use std::os::windows::ffi::OsStringExt;
use std::os::windows::io::{AsHandle, AsRawHandle, FromRawHandle, OwnedHandle, RawHandle};
use std::os::windows::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::ptr::null;
use windows_sys::Win32::Foundation::{HANDLE_FLAG_INHERIT, SetHandleInformation};
use windows_sys::Win32::Storage::FileSystem::{FILE_TYPE_PIPE, GetFileType};
use windows_sys::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE, JOBOBJECT_BASIC_LIMIT_INFORMATION,
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation, SetInformationJobObject,
};
use windows_sys::Win32::System::SystemInformation::GetSystemDirectoryW;
use windows_sys::Win32::System::Threading::{CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW};

/// The subcommand of the host that runs the helper.
pub const SUBCOMMAND: &str = "module-helper";

/// Returns the system folder, as Windows says; no variable is asked.
pub(crate) fn system_folder() -> Option<PathBuf> {
    let mut path = [0_u16; 260];
    // SAFETY: the buffer has the stated length.
    let length = unsafe { GetSystemDirectoryW(path.as_mut_ptr(), path.len() as u32) } as usize;
    let path = path.get(..length).filter(|path| !path.is_empty())?;
    Some(OsString::from_wide(path).into())
}

/// What the host writes to.
pub(crate) type Input = ChildStdin;

/// A running helper. The job ends it with this process, however that ends.
pub(crate) struct Helper {
    child: Child,
    _job: OwnedHandle,
}

impl Helper {
    /// Ends it, and waits until it has ended.
    pub(crate) fn end(&mut self) {
        let _ = self.child.kill(); // it may have ended
        let _ = self.child.wait();
    }
}

/// Starts a helper with an empty environment; returns its input and output.
pub(crate) fn start() -> io::Result<(Helper, ChildStdin, PipeReader)> {
    let system = system_folder().ok_or(io::ErrorKind::NotFound)?;
    let (output, helper_output) = io::pipe()?;
    // SAFETY: the handle is open, and the call takes no pointer.
    let is_inherited = unsafe {
        SetHandleInformation(helper_output.as_raw_handle(), HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT)
    };
    checked(is_inherited)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(SUBCOMMAND).arg(format!("{}", helper_output.as_raw_handle() as usize));
    // Libraries of Windows need this variable.
    // Ctrl-C in a console must not end it between two commands of the module.
    command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
    command.env_clear().env("SystemRoot", system.parent().unwrap_or(&system)).current_dir(&system);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let input = child.stdin.take();
    match (job_with(&child), input) {
        (Ok(job), Some(input)) => Ok((Helper { child, _job: job }, input, output)),
        (job, _) => {
            // Without a job it could outlive this process.
            let _ = child.kill();
            let _ = child.wait();
            Err(job.err().unwrap_or_else(|| io::ErrorKind::BrokenPipe.into()))
        }
    }
}

/// Puts a process into a job of its own, which ends with its last handle and may start no other process.
fn job_with(child: &Child) -> io::Result<OwnedHandle> {
    let limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION {
        BasicLimitInformation: JOBOBJECT_BASIC_LIMIT_INFORMATION {
            LimitFlags: JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_ACTIVE_PROCESS,
            ActiveProcessLimit: 1,
            ..Default::default()
        },
        ..Default::default()
    };
    // SAFETY: no security attributes and no name; a handle that is returned is owned by nobody else.
    let job = unsafe { CreateJobObjectW(null(), null()) };
    if job.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: as above.
    let job = unsafe { OwnedHandle::from_raw_handle(job) };
    let size = size_of_val(&limits) as u32;
    // SAFETY: the structure has the type of this class and the stated size.
    checked(unsafe {
        SetInformationJobObject(
            job.as_raw_handle(),
            JobObjectExtendedLimitInformation,
            (&raw const limits).cast(),
            size,
        )
    })?;
    // SAFETY: both handles are open.
    checked(unsafe { AssignProcessToJobObject(job.as_raw_handle(), child.as_raw_handle()) })?;
    Ok(job)
}

fn checked(result: i32) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// The helper's end of the conversation.
pub(crate) struct Channel {
    input: File,
    output: File,
}

/// Takes the channel to the host.
///
/// # Errors
/// If the host has inherited no pipe to this process: nobody else starts a helper.
pub(crate) fn take_channel() -> io::Result<Channel> {
    let handle = std::env::args().nth(2).and_then(|argument| argument.parse::<usize>().ok());
    let handle = handle.ok_or(io::ErrorKind::InvalidInput)? as RawHandle;
    // SAFETY: the call takes any number, and fails for one that is no handle.
    if unsafe { GetFileType(handle) } != FILE_TYPE_PIPE {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    // SAFETY: it is an open pipe, and nothing else in this process uses it: the host inherited it for this.
    let output = unsafe { OwnedHandle::from_raw_handle(handle) };
    // Not through the standard library's buffer, in which codes would stay.
    let input = io::stdin().as_handle().try_clone_to_owned()?;
    Ok(Channel { input: input.into(), output: output.into() })
}

impl Read for Channel {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.input.read(buffer)
    }
}

impl Write for Channel {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
